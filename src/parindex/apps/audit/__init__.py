"""The ledger: who did what, when; append-only and hash-chained."""
