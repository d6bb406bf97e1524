"""Signing in and out, one's own account, persons and roles."""
