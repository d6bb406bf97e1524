"""Lead departments at work: the queue and what is signed off."""
