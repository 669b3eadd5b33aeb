"""Screens of workshops: the list, the console, the table, the record."""
