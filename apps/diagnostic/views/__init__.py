"""Screens of the diagnostic, one module a group of screens."""
