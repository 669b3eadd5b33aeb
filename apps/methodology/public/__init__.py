"""The method for everybody: its eight steps, their guides."""
