"""The door for other systems: values handed in over HTTP, and the page that says how."""
