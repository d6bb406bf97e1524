"""Codes and data to sentences, in Vietnamese and English, once for command line, site and papers."""
