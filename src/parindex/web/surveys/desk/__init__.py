"""The desk of whoever carries out surveys: questionnaires, samples, answers as they come, results."""
