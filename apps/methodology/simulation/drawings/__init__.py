"""Figures of the simulator: a module each, ``draw(…) -> Svg`` (pure). Money in cents."""
