"""The whole site in one file and back again, or into another database."""
