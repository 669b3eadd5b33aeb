"""Step 5, how a scenario is chosen: the team's votes, the choice, and what the chosen one puts in the roadmap and files."""
