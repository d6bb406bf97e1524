"""Articles of units about reform: written, reviewed, scheduled, published; registered from other sites."""
