"""Writes: one verb of the domain a function, keyword-only, in one transaction."""
