"""Displays of steps 4 and 6: crossed diagnostic, lever tree, partnerships."""
