"""Figures of screens, PDF and mails: a module each, `draw(data) -> Svg`, the same numbers everywhere."""
