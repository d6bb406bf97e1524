"""The pure floor: arithmetic, formats, wording. Never Django, no clock, no global state."""
