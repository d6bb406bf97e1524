"""What the institution keeps: Django apps without pages."""
