"""The composition root: settings, addresses, the server, the demonstration."""
