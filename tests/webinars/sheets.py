"""Sheets as hypothesis imagines them: everything a text may hold, everywhere a sheet has a text."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from apps.webinars import sheet

TRAPS = [
    "=1+1", "+33 1 23", "-12 %", "@somme", "\t=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\";\"y\")", "oui", "null", "~",
    "yes", "n", "1e5", "0x1F", "12:30:45", "2022-01-20", "_x0041_", "_x005F_x0041_", "\\e", "\\", "a;b", "a; b\\;c", "# x",
    "« mot »\u202f!", "1\u202f400,5", "l’été", "l'été", "👩‍🌾🌱", "ligne\nligne\n\nautre", "e\u0301", "\u2028\u2029\x85", "\ufeffx",
    "{a: b}", "[x]", "- x", "&a *b", "!!python/object:os.system", "<b>&amp;</b>", "]]>", '"', "''", "%x", "|", ">", ": ", "]",
]  # fmt: skip


def text(most: int = 300) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(TRAPS), st.text(max_size=min(most, 60)), st.just("")).map(
        lambda t: t[:most]
    )


def texts(most: int = 3, longest: int = 300) -> st.SearchStrategy[list[str]]:
    return st.lists(text(longest), max_size=most)


def group(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(fields)


def many(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, max_size=most)


numbers = st.one_of(
    st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**12), 10**12)
)
items = many(group(state=st.sampled_from(["", "existant", "en_cours", "a_developper"]), text=text()), 2)
model = group(
    title=text(200),
    note=text(),
    rows=many(
        group(
            level=st.sampled_from(["territorial", "national", "ensemble"]),
            human=items,
            financial=items,
            alliances=items,
        )
    ),
)
project = group(name=text(200), people=texts(), organisation=text(), text=text())
SHEETS = group(
    slug=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True),
    date=st.one_of(st.none(), st.dates()),
    title=text(),
    short_title=text(200),
    cycle=st.sampled_from(["", "nouveaux-modeles", "nouveaux-equilibres"]),
    goals=many(st.integers(-5, 99)),
    related_goals=many(st.integers(1, 17)),
    fragilities=texts(),
    pillars=many(st.sampled_from(sheet.PILLARS)),
    levels=texts(),
    regions=texts(),
    sizes=texts(),
    teaser=text(),
    essential=texts(),
    summary=texts(),
    takeaway=text(),
    your_turn=text(),
    your_turn_axis=st.sampled_from(["", *sheet.PILLARS]),
    speakers=many(group(person=text(), organisation=text(), role=text(240))),
    opening=group(text=text(), questions=texts()),
    project=st.one_of(st.none(), project),
    points_of_view=many(
        group(theme=text(120), people=texts(), organisation=text(), question=text(), text=text())
    ),
    figures=many(
        group(
            value=text(60),
            number=numbers,
            unit=text(60),
            label=text(240),
            whole=numbers,
            year=text(30),
            organisation=text(),
        )
    ),
    levers_kind=st.sampled_from(["leviers", "mots", "etonnements", "enseignements"]),
    levers_intro=text(),
    levers=many(group(title=text(240), text=text())),
    pillar_reading=group(human=text(), financial=text(), alliances=text()),
    model=st.one_of(st.none(), model),
    replay=group(url=text(), reason=text()),
    source=group(
        status=st.sampled_from(["S", "P", "P-", "I", "M", "R"]), label=text(300), year=text(30), url=text()
    ),
    curator_note=texts(),
).map(sheet.read)
PEOPLE = group(
    slug=st.from_regex(r"[a-z]{1,9}", fullmatch=True),
    first_name=text(80),
    last_name=text(80),
    spellings=texts(3, 160),
    note=text(),
)
