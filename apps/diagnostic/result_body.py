"""The result under its header, rendered once a process: a frozen result says the same thing all day."""

from __future__ import annotations

from collections import OrderedDict

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.diagnostic.presenters import ResultView

KEPT = 64  # of about a hundred kilobytes each
_bodies: OrderedDict[str, SafeString] = OrderedDict()


def body(key: str, view: ResultView) -> SafeString:
    """``key`` is the report's: a SHA-256 of all that the view holds. Nothing of the person who reads is in it."""
    found = _bodies.pop(key, None) or render_to_string("diagnostic/result_body.html", {"view": view})
    _bodies[key] = found
    while len(_bodies) > KEPT:
        _bodies.popitem(last=False)
    return found
