class BackupError(Exception):
    """The message is a French sentence for the operator. What was begun is removed."""
