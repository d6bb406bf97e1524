"""Plans at work: lists, a plan, a task, what is handed down, one's own work of the day."""
