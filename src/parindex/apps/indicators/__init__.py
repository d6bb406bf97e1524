"""Measured values of indicators per unit and period: the common door of all facts."""
