"""The minute tick: what must be done when its time has come, whoever is looking."""
