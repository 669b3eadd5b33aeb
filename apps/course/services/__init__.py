"""Writes of the course: keyword-only, transactional."""
