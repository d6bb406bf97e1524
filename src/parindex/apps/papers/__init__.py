"""Papers of a round: what they are made from, and what came back of them signed."""
