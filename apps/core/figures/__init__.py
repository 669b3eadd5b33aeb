"""The figures of screens, PDF and mails: one module each, `draw(data) -> Svg`, the same numbers everywhere (pure)."""
