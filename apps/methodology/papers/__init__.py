"""Paper mode: sheets to print, fast typing, the framing note to sign."""
