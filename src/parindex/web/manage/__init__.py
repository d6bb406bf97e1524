"""Units, persons, roles and what the installation runs on."""
