"""Computed results as they stand, and figures an authority published."""
