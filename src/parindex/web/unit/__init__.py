"""A unit at work: its sheet, evidence and explanations."""
