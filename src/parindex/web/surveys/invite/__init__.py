"""Whom a survey asks: strata, links, reserve lists, posters of counters."""
