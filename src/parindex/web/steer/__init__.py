"""Running a round: preparing, deadlines, reminders, council, ledger."""
