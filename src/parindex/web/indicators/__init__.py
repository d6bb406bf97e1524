"""Measured values: the theme of the year for everybody, a unit’s own, their sources, targets, definitions."""
