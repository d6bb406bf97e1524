"""Criteria sets, each version known by the hash of what it says."""
