"""Screens of steps 7 and 8: what is printed, what is read, what goes to a calendar, what stops a mail."""
