"""What a survey says: figures, texts, files, the public page."""
