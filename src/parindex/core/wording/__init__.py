"""Codes and data to sentences, in Vietnamese and English, once for the command line, the site and the papers."""
