"""What leaves: the dossier in open formats, and back."""
