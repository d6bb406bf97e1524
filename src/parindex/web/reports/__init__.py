"""A unit’s periodic reports on administrative reform."""
