"""The form of a case: controls, repeated lines, and the way from a sheet to what a browser sends and back."""
