"""Making a year's criteria set: begun from another one or from an annex, edited, tried out, locked."""
