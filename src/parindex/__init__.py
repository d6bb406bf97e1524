"""parindex: a yearly administrative-reform index, from criteria set to published, explained result."""

__version__ = "0.1.0"
