"""The people of a démarche: seats, invitations, hand-over."""
