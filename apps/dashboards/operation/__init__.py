"""What operators do of releases: ask for one, read what it hides and what attacks found, publish it or set it aside."""
