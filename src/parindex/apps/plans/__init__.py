"""Plans of units: tasks, who does them until when, how far they are."""
