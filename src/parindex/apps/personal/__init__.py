"""What hangs on a person, and what is known of one: hand-over, export, erasure, the inventory of it all."""
