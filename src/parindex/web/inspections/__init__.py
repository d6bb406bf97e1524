"""Inspections: the plan of a year, an inspector in the field, a unit that answers."""
