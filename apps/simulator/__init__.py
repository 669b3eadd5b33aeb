"""Trying a future: the arithmetic of docs/simulateur.md, without Django (pure)."""
