"""Answering: whoever holds a link or stands at a counter, without account, session or cookie."""
