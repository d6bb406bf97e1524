"""Surveys: answering by link, poster or tablet (`answer`), and the desk of whoever carries them out."""
