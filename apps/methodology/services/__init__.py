"""Writes of the method, each in one transaction."""
