"""The search of the library."""

from apps.webinars.search.engine import Found, find, highlighted

__all__ = ["Found", "find", "highlighted"]
