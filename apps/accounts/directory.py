"""The public directory of enterprises (recherche-entreprises.api.gouv.fr): fills the form, never blocks it.

It allows about seven requests a second an address, and misses associations without SIREN.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.core.cache import cache

from apps.accounts.identifiers import NumberError, compact, read_rna, read_siren_or_siret

logger = structlog.get_logger(__name__)

SHORTEST = 3
RESULTS = 8
KEPT = 3600
# After a fault nobody waits for the directory again before this many seconds.
REST = 30
PER_SECOND = 7
# Eight answers weigh about 30 000 bytes.
MOST_BYTES = 1_000_000
_CLOSED = "directory:closed"

# First characters of the Insee legal category → our legal form; the longest first.
_LEGAL_FORMS = (
    ("9210", "collectif"),
    ("922", "association-1901"),
    ("923", "association-rup"),
    ("926", "association-alsace-moselle"),
    ("93", "fondation"),
    ("82", "mutuelle"),
)


@dataclass(frozen=True)
class Entry:
    """One organisation of the directory; empty strings where it says nothing."""

    name: str
    siren: str
    siret: str
    rna: str
    department: str
    city: str
    legal_form: str


@dataclass(frozen=True)
class Answer:
    """What the directory said. ``reachable`` is false when it said nothing usable."""

    entries: tuple[Entry, ...] = ()
    reachable: bool = True


UNREACHABLE = Answer(reachable=False)


def search(query: str) -> Answer:
    """Look a name or a number up. Never raises; waits the setting's seconds for a first word, as much for the rest."""
    query = " ".join(query.split())[:120]
    if compact(query).isdigit():
        query = compact(query)
    if len(query) < SHORTEST:
        return Answer()
    key = "directory:" + hashlib.sha256(query.lower().encode()).hexdigest()
    known: Answer | None = cache.get(key)
    if known is not None:
        return known
    if cache.get(_CLOSED) or not _take_turn():
        return UNREACHABLE
    answer = _ask(query)
    if answer.reachable:
        cache.set(key, answer, KEPT)
    return answer


def _take_turn() -> bool:
    """Whether this second still has room for one request, all processes together."""
    key = f"directory:turns:{int(time.time())}"
    if cache.add(key, 1, 3):
        return True
    try:
        return bool(cache.incr(key) <= PER_SECOND)
    except ValueError:  # The counter expired between the two lines.
        return True


def _ask(query: str) -> Answer:
    try:
        status, body = _fetch(query)
        if status == httpx.codes.BAD_REQUEST:
            return Answer()  # It did not understand the words: nothing found, and nothing broken.
        results = json.loads(body)["results"]
        return Answer(tuple(entry for entry in map(_entry, results[:RESULTS]) if entry))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        logger.warning("directory_unreachable", error=type(error).__name__, detail=str(error)[:200])
        cache.set(_CLOSED, True, REST)
        return UNREACHABLE


def _fetch(query: str) -> tuple[int, bytes]:
    """Status and body; HTTPError for any other refusal.

    httpx times each wait, not their sum: an answer that drips would hold the page as long as it likes.
    """
    seconds = settings.ENTERPRISE_DIRECTORY_TIMEOUT
    body = b""
    with httpx.stream(
        "GET",
        settings.ENTERPRISE_DIRECTORY_URL,
        params={"q": query, "page": 1, "per_page": RESULTS},
        headers={"User-Agent": f"Trajectoires ({settings.SITE_URL})", "Accept": "application/json"},
        timeout=seconds,
    ) as response:
        if response.status_code != httpx.codes.BAD_REQUEST:
            response.raise_for_status()
        deadline = time.monotonic() + seconds
        for chunk in response.iter_bytes():
            body += chunk
            if time.monotonic() > deadline or len(body) > MOST_BYTES:
                raise httpx.ReadTimeout("the answer is too slow or too long")
    return response.status_code, body


def _entry(row: Any) -> Entry | None:
    """One result, or None when it is not shaped as documented."""
    if not isinstance(row, Mapping) or not _text(row, "nom_complet"):
        return None
    seat = row.get("siege")
    seat = seat if isinstance(seat, Mapping) else {}
    more = row.get("complements")
    more = more if isinstance(more, Mapping) else {}
    category = _text(row, "nature_juridique")
    return Entry(
        name=_text(row, "nom_complet")[:200],
        siren=_number(_text(row, "siren")),
        siret=_number(_text(seat, "siret")),
        rna=_rna(_text(more, "identifiant_association")),
        department=_text(seat, "departement"),
        city=_text(seat, "libelle_commune"),
        legal_form=next((form for start, form in _LEGAL_FORMS if category.startswith(start)), ""),
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _number(text: str) -> str:
    """The SIREN or SIRET if its check digit holds: we never propose what our own form refuses."""
    try:
        read_siren_or_siret(text)
    except NumberError:
        return ""
    return text


def _rna(text: str) -> str:
    try:
        return read_rna(text)
    except NumberError:
        return ""
