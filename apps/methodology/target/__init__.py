"""Displays of steps 2, 3 and 5: the map, the photograph, the triangle and the scenarios."""
