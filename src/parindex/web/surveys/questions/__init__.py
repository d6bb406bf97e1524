"""Questionnaires: taken ready, built question by question, brought in and given out; how a page shows one."""
