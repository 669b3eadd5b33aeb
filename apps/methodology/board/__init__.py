"""The démarches of a person: list, opening, overview, steps, stages, validations."""
