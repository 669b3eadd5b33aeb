"""Workshops around a table: timer, silent cards, grouping, dots, discussion, record."""
