"""What is said about what is written: comments, mentions, decisions, history."""
