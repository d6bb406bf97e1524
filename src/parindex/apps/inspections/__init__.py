"""Inspections of units: plans, visits, what was found, what is to be put right and by when."""
