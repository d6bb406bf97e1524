"""Surveys without a database: questionnaires, answers, samples, weights, estimates with their errors."""
