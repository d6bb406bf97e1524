"""What was published of a round: a signed bundle, frozen; a correction is a new one that names the old."""
