"""Millions of dossiers into integers: read, kept as Parquet by month, counted. Knows no other room, no clock.

Whoever builds on it (`indicators`, the command line) calls these and no others:

    mapping.read_mapping(path) -> Mapping                   which column is which field
    units.Unit, units.read_units(path)                      units with validity, parent and successor
    calendar.WorkingDays, calendar.from_days(days)          holidays and days worked in exchange
    store.ingest(paths, store=, mapping=, units=)           files into a store; what became of each
    measures.measure(store, as_of=, by=, units=, working_days=, ...) -> Measures
                                                            by unit, procedure, field, month of receipt; each
                                                            row has integers and exact rates (`counts.Counts`)
    periods.activity(store, first=, last=, by=, ...)        what came and was handled in a period
    periods.index766(activity), periods.periods(...)        Decision 766 by week, month, year
    report.read_report(path, units) -> Report               the one-stop system's own totals
    report.differences(report, activity)                    where it and our count part
    generate.generate(rows, seed=, output=)                 invented dossiers for tests and benches

Everything refused is a `problems.DossiersRefused` with a code and data. Nothing is imported here, so that
reading a mapping does not load DuckDB.
"""
