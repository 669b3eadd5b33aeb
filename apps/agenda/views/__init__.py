"""Screens of the agenda: those of everybody, those of curators."""
