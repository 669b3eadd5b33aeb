"""The practical sheets as files to print: one PDF for each edition of each step, for everybody."""

from apps.course.practical.requests import find, request

__all__ = ["find", "request"]
