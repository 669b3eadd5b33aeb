"""Whatever the file: the same totals in every dialect, to the cent; no other exception than FecFault; bounded time."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.ledger.fec import FecFault, Reading, read
from apps.ledger.fec.values import cents
from tests.support import fec
from tests.support.effort import effort
from tests.support.fec import Dialect, Line

ACCOUNTS = (
    "102000",
    "401000",
    "411DUP",
    "512000",
    "606100",
    "641100",
    "706200",
    "741100",
    "864000",
    "870000",
    "5121",
)
WORDS = st.lists(
    st.sampled_from(["Été", "œuvre", "Noël", "5 €", "Achats", "n° 12", '"', "a, b", "Šà"]), max_size=4
).map(" ".join)
SECTIONS = st.sampled_from(["", "JEUNES", "Séjours d'été", "3 €"])
JOURNALS = ("VE", "AC", "B Q")


@st.composite
def entries(draw: st.DrawFn) -> list[Line]:
    """Balanced entries of one year, in any order of days; some are mixed together line by line."""
    made: list[Line] = []
    for number in range(draw(st.integers(1, 12))):
        day = date(2024, 1, 13) + timedelta(days=draw(st.integers(0, 340)))
        journal, label = draw(st.sampled_from(JOURNALS)), draw(WORDS)
        moves = draw(
            st.lists(
                st.tuples(st.sampled_from(ACCOUNTS), st.integers(-(10**9), 10**9)), min_size=1, max_size=5
            )
        )
        moves.append((draw(st.sampled_from(ACCOUNTS)), -sum(amount for _, amount in moves)))
        for account, amount in moves:
            debit, credit = max(amount, 0), max(-amount, 0)
            if draw(st.booleans()) and draw(st.booleans()):
                debit, credit = -credit, -debit
            made.append(
                Line(
                    journal,
                    f"{number:03d}",
                    day,
                    account,
                    label,
                    debit,
                    credit,
                    account_label=draw(WORDS),
                    section=draw(SECTIONS),
                )
            )
    return draw(st.permutations(made)) if draw(st.booleans()) else made


TITLED: list[Callable[[str], str]] = [str, str.lower, str.upper, " ".join, lambda one: f" {one}_"]


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    encoding = draw(st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"]))
    wide = encoding.startswith("utf")
    decimal = draw(st.sampled_from(",."))
    return Dialect(
        separator=draw(st.sampled_from("\t|")),
        encoding=encoding,
        bom=wide and draw(st.booleans()),
        newline=draw(st.sampled_from(["\r\n", "\n", "\r"])),
        final_newline=draw(st.booleans()),
        variant=draw(st.sampled_from(["debit_credit", "montant_sens"])),
        sides=draw(st.sampled_from([("D", "C"), ("+1", "-1"), ("d", "c"), ("+", "-")])),
        decimal=decimal,
        thousands=draw(st.sampled_from(["", " ", "\u00a0", ",." .replace(decimal, ""), *(["\u202f"] if wide else [])])),
        zero=draw(st.sampled_from([None, "", "0", "0,000", " "])),
        trailing_minus=draw(st.booleans()),
        day=draw(st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"])),
        title=draw(st.sampled_from(TITLED)),
        order=tuple(draw(st.permutations(fec.TITLES))),
        cash=draw(st.booleans()),
        section=draw(st.sampled_from(["", "Section", "CodeAnalytique", "AXE 1"])),
        quotes=draw(st.booleans()),
    )  # fmt: skip


def result(data: bytes) -> Reading | str:
    try:
        return read(io.BytesIO(data))
    except FecFault as met:
        return met.code if met.reason and met.remedy else "unsaid"


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=entries(), dialect=dialects())
def test_any_valid_file_in_any_dialect_gives_the_same_totals_to_the_cent(
    made: list[Line], dialect: Dialect
) -> None:
    if dialect.variant == "montant_sens":  # a negative amount has its side in its sign there
        made = [
            replace(one, debit=max(one.debit, -one.credit, 0), credit=max(one.credit, -one.debit, 0))
            for one in made
        ]
    found = result(fec.encode(made, dialect))
    if dialect.day == "%d/%m/%Y" and all(one.day.day <= 12 for one in made):
        assert found == "date_ambiguous"
        return
    if not any(line.account[0] in "67" for line in made) or found != "closed_year":
        assert isinstance(found, Reading), found
    else:
        net = {one.account: 0 for one in made if one.account[0] in "67"}
        for one in made:
            if one.account in net:
                net[one.account] += one.debit - one.credit
        assert not any(net.values())
        return
    expected = fec.expected(made)
    assert {n: one.balance for n, one in found.accounts.items()} == {
        n: d - c for n, (_, _, d, c) in expected.items()
    }
    if not any(one.code == "opening" for one in found.warnings):  # else a journal that looks like one
        sides = {number: (one.debit, one.credit) for number, one in found.accounts.items()}
        assert sides == {number: (debit, credit) for number, (_, _, debit, credit) in expected.items()}
    assert sum(one.balance for one in found.accounts.values()) == 0
    assert found.lines == len(made)
    assert (found.first_day, found.last_day) == (min(one.day for one in made), max(one.day for one in made))
    if dialect.section:
        moved = sum(one.debit + one.credit for one in made if one.section)
        if not any(one.code == "opening" for one in found.warnings):
            assert sum(debit + credit for debit, credit in found.sections.values()) == moved
    plain = result(fec.encode(made, Dialect(variant=dialect.variant)))
    if not dialect.quotes:  # a pair of quotes around a whole value is then the program's
        assert isinstance(plain, Reading)
        assert plain.accounts == found.accounts


VALID = fec.build(120, seed=5)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A valid file in which bytes were changed, cut, doubled, moved or replaced by others that mean something."""
    data = bytearray(VALID)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(place + draw(st.integers(0, 60)), len(data))
        piece = draw(
            st.one_of(
                st.binary(max_size=40),
                st.sampled_from(
                    [
                        b"\t",
                        b"|",
                        b"\r",
                        b"\n",
                        b"\r\n",
                        b"\0",
                        b'"',
                        b"=",
                        b"@",
                        b"-",
                        b",",
                        b"\xff\xfe",
                        b"\xc3",
                        b"\x1a",
                    ]
                ),
                st.just(bytes(data[place:end]) * 2),
                st.sampled_from(["²", "١", "1e9", "\u2028", "\x85", "０", "=cmd|' /C'!A0", "9" * 5000]).map(
                    str.encode
                ),
            )
        )
        data[place:end] = piece
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@settings(max_examples=500, deadline=None)
@given(damaged())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: bytes) -> None:
    results: list[Reading | str] = []
    # A thousand times what a file of this size costs.
    assert effort(lambda: results.append(result(data))) < 2
    (found,) = results
    if isinstance(found, Reading) and not any(one.code == "class_9" for one in found.warnings):
        assert sum(one.balance for one in found.accounts.values()) == 0


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=3000),
    st.sampled_from([b"", VALID[:250], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"J\0o\0u\0r\0"]),
)
def test_no_bytes_raise_anything_else(data: bytes, before: bytes) -> None:
    found = result(before + data)
    assert isinstance(found, Reading) or found != "unsaid"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=70).map(lambda text: text.encode("utf-8", "replace").decode("latin-1")))
def test_an_amount_is_read_or_refused(raw: str) -> None:
    try:
        found: int | str = cents(raw)
    except FecFault as met:
        found = met.code
    assert isinstance(found, int) or found in {
        "amount",
        "amount_excel",
        "amount_decimals",
        "amount_large",
        "formula",
    }


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**12), 10**12), dialects())
def test_an_amount_is_exact_in_every_writing(amount: int, dialect: Dialect) -> None:
    raw = fec.money(amount, replace(dialect, zero=None))
    assert cents(raw.encode("utf-8").decode("latin-1")) == amount


def test_hostile_shapes_are_bounded_in_time() -> None:
    head = b"\t".join(title.encode() for title in fec.TITLES) + b"\n"
    shapes = [
        b"Debit\t" * 2_700 + b"\n",
        head + b"\t" * 17 * 1000,
        head + (b"\t" * 17 + b"\n") * 20_000,
        head + b"\n" * 400_000,
        head + b"\r" * 16_000,
        b'"' * 10_000,
        (" " * 16_000 + "\t").encode() * 4,
    ]
    for shape in shapes:
        assert isinstance(result(shape), str)
        # Twice the shape, about twice the work: nothing is read again from its beginning.
        half, whole = (
            effort(lambda part=part: result(part), 3) for part in (shape[: len(shape) // 2], shape)
        )
        assert whole < 3 * half + 0.05
