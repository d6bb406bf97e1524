"""Pages by journey: `public` for everyone; `parts` holds what all of them are made of."""
