"""The pages of the space of a démarche."""

DOOR = "agir"
