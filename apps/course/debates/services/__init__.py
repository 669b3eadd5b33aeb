"""Writes of debates."""

from apps.course.debates.services.ballots import say, vote
from apps.course.debates.services.meeting import (
    close_question,
    end,
    end_forgotten,
    go,
    open_debate,
    open_question,
    set_open_book,
    show,
    start,
)
from apps.course.debates.services.record import Record, put_aside, save_record

__all__ = [
    "Record",
    "close_question",
    "end",
    "end_forgotten",
    "go",
    "open_debate",
    "open_question",
    "put_aside",
    "save_record",
    "say",
    "set_open_book",
    "show",
    "start",
    "vote",
]
