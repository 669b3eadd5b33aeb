"""See urls."""
