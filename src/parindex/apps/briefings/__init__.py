"""Monthly briefings of units, and emulation movements."""
