"""The files that workers make of releases: each kind, who writes it, who may take it."""

from __future__ import annotations


def register() -> None:
    """Kinds are added by the modules that write them."""
