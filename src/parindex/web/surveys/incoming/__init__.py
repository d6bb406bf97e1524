"""Answers that come otherwise than by link: paper forms, results and interviews of other bodies."""
