"""Screens of groups: those who lead, those who join, the weekly mail, the statements."""

DOOR = "se-former"
