"""The design system: base page, charts, badges, numbers, tags; shown together on `/design/`."""
