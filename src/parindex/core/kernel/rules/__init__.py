"""The closed set of scoring rules. `KINDS` maps the file's `kind` to its type."""
