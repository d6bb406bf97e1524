"""Pages of monthly briefings and of emulation movements."""
