"""The council: its cases on a projector, its rulings and what they move, the result by stage, the minutes."""
