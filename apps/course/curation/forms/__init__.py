"""The forms of a page of the course: one chapter at a time, filled from the sheet and read back to it without loss."""
