"""Surveys of citizens, organisations and officials: questionnaires, samples, nameless answers, counts."""
