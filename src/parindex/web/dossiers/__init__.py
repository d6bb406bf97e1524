"""Dossiers that were taken in: what of them was refused, what is late, procedures, the system’s report."""
