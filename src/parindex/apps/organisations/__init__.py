"""Territories and the units that are assessed."""
