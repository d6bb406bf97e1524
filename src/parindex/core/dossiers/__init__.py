"""Millions of dossiers into integers: read, kept as Parquet by month, counted. Knows no other room, no clock.

Whoever builds on it (`indicators`, the command line) calls these and no others:

    mapping.read_mapping(path)                              which column is which field
    units.Unit, units.read_units(path)                      units with validity, parent and successor
    store.ingest(paths, store=, mapping=, units=)           files into a store; what became of each
    calendar.WorkingDays                                    holidays and days worked in exchange
    measures.measure(store, as_of=, by=, ...) -> Measures   integers by unit, procedure, field, month
    measures.Counts, with exact rates as `Fraction`         what one row of it says
    report.read_report(path) -> Report                      the one-stop system's own totals, beside ours
    generate.generate(rows, seed=, output=)                 invented dossiers for tests and benches

Everything refused is a `problems.DossiersRefused` with a code and data. Nothing is imported here, so that
reading a mapping does not load DuckDB.
"""
