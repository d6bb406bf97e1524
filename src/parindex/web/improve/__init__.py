"""Why a unit stands where it stands, and how it climbs."""
