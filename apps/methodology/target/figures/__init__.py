"""The drawings of steps 2, 3 and 5 (pure): each is a picture, a sentence and a table."""
