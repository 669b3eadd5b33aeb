"""Forms of the diagnostic, one module a screen."""
