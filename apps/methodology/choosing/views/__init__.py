"""Pages of the choice of a scenario."""
