"""Requests as nobody writes them: a form that is right, then a few edits. Hypothesis shrinks to the edit that breaks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.fuzz.forms import Form

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "coupure"
NASTY = [
    text.encode()
    for text in (
        "", " ", "\x00", "a\x00b", "-1", "0", "1e999", "NaN", "Infinity", "9" * 400, "-" + "9" * 25, "2147483648",
        "9223372036854775808", "1" * 5000, "0000-00-00", "0001-01-01", "9999-12-31", "99999-12-31", "2026-02-30",
        "31/02/2026", "2026-13-01T25:61", "00000000-0000-0000-0000-000000000000", "{}", "[]", "null", '{"a":{"a":[]}}',
        "\u202eesrever", "\u2066\u2069", "é" * 5000, "😀" * 300, "a\r\nSet-Cookie: x=1", "../../etc/passwd", "%00", "%",
        "' OR 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}", "http://127.0.0.1:1/", "javascript:alert(1)", "٣", "²",
        "a@b", "a" * 65 + "@exemple.fr", "on", "true", "\ufeff", "\ufffe", "=1+1", "//autre.exemple/", "1,5", "1 000", "\u0130", "ß",
    )
] + [b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"\x80" * 50]  # fmt: skip
KINDS = ("form",) * 6 + ("multipart",) * 3 + ("json", "garbage", "broken_multipart", "odd_charset")


@dataclass(frozen=True)
class Sent:
    body: bytes
    content_type: str
    query: str
    headers: dict[str, str]


def encoded(pairs: list[tuple[bytes, bytes]]) -> str:
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in pairs)


def multipart(pairs: list[tuple[bytes, bytes]], files: list[tuple[bytes, bytes]]) -> bytes:
    made = b""
    for name, value in pairs:
        made += b'--coupure\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (
            quote_name(name),
            value,
        )
    for name, value in files:
        made += b'--coupure\r\nContent-Disposition: form-data; name="%s"; filename="f.txt"\r\n\r\n%s\r\n' % (
            quote_name(name),
            value,
        )
    return made + b"--coupure--\r\n"


def quote_name(name: bytes) -> bytes:
    return name.replace(b'"', b"%22").replace(b"\r", b"").replace(b"\n", b"")


def values(strangers: list[str]) -> st.SearchStrategy[bytes]:
    return st.one_of(
        st.sampled_from(NASTY),
        st.sampled_from([one.encode() for one in strangers]),
        st.binary(max_size=12),
        st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
    )


@st.composite
def pairs(draw: Any, form: Form, strangers: list[str]) -> list[tuple[bytes, bytes]]:
    """The fields of the form, with at most four edits."""
    made = [(name.encode(), value.encode()) for name, value in form.fields]
    value = values(strangers)
    for edit in draw(st.lists(st.sampled_from(("change", "change", "drop", "repeat", "add")), max_size=4)):
        if edit == "add" or not made:
            names = st.sampled_from([b"page", b"q", b"next", b"id", b"version", b"key"])
            made.append((draw(names | value), draw(value)))
            continue
        place = draw(st.integers(0, len(made) - 1))
        if edit == "drop":
            del made[place]
        elif edit == "repeat":
            made.append((made[place][0], draw(value)))
        else:
            made[place] = (made[place][0], draw(value))
    return made


@st.composite
def requests(draw: Any, form: Form, strangers: list[str]) -> Sent:
    made = draw(pairs(form, strangers))
    kind = "multipart" if form.files else draw(st.sampled_from(KINDS))
    files = [(name.encode(), draw(values(strangers))) for name in form.files if draw(st.booleans())]
    query = encoded(draw(pairs(Form("", "get"), strangers))) if draw(st.integers(0, 3)) == 0 else ""
    headers = {"HX-Request": "true"} if draw(st.booleans()) else {}
    body, content_type = written(kind, made, files)
    return Sent(body, content_type, query, headers)


def written(
    kind: str, made: list[tuple[bytes, bytes]], files: list[tuple[bytes, bytes]]
) -> tuple[bytes, str]:
    if kind == "multipart":
        return multipart(made, files), f"multipart/form-data; boundary={BOUNDARY}"
    if kind == "broken_multipart":
        return multipart(made, files)[:-20], "multipart/form-data"
    if kind == "json":
        said = {name.decode("latin-1"): value.decode("latin-1") for name, value in made}
        return json.dumps(said).encode(), "application/json"
    if kind == "garbage":
        return b"".join(name + value for name, value in made), FORM
    if kind == "odd_charset":
        return encoded(made).encode(), f"{FORM}; charset=utf-16"
    return encoded(made).encode(), FORM
