"""Displays of steps 7 and 8: the roadmap, its feed and reminders, indicators, reviews, pitch."""
