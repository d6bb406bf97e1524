"""Why points were lost, what another answer would do, and the cheapest way up."""
