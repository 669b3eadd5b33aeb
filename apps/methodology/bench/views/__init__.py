"""Pages of tools and items, the writes of their fields, and what the others do meanwhile."""
