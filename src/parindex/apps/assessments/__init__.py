"""Rounds, who takes part, and the standing answer to every leaf."""
