"""Writes of the library."""
