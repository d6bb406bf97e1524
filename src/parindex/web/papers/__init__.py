"""A round's papers: what can be made when, looked at as pictures, fetched as files."""
