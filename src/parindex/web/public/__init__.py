"""The public journey: home, ranking, unit, criterion, criteria set, comparison, method, open data."""
