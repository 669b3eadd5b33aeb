"""YAML as ``fixtures/content/webinars`` has it (pure): the same lines for the same sheet, so that a change is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from apps.webinars.exchange.rows import ORDER, Data

# Written without quotes: codes and slugs. Everything that a person reads is quoted.
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
PRINTABLE = re.compile("[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

PERSONS = (
    "# Personnes citées dans les webinaires, une fois chacune. `spellings` : les graphies rencontrées, pour la recherche et les\n"
    "# réimports ; `note` : le choix fait, que la gestion montre. Source : listes des intervenants du rapport (sections et annexe 2).\n"
)
ORGANISATIONS = (
    "# Organisations citées. `kind` est notre classement (R) ; `spellings` : les graphies du rapport ; `region` : code Insee du siège ou\n"
    "# du lieu d’action quand le texte le nomme, sinon vide.\n"
)


def quoted(text: str) -> str:
    return '"' + "".join(ESCAPED.get(c) or (c if PRINTABLE.match(c) else escaped(c)) for c in text) + '"'


def escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def code(value: Any) -> str:
    text = str(value)
    return text if PLAIN.fullmatch(text) and text.lower() not in WORDS else quoted(text)


def number(value: float | None) -> str:
    if value is None:
        return "null"
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else yaml_float(value)


def yaml_float(value: float) -> str:
    """YAML 1.1 takes « 1e+16 » for a text: it wants a point."""
    said = repr(value)
    return said.replace("e", ".0e") if "e" in said and "." not in said else said


def codes(values: Iterable[Any]) -> str:
    return f"[{', '.join(str(v) if isinstance(v, int) else code(v) for v in values)}]"


def paragraphs(name: str, values: list[str], indent: str = "") -> str:
    if not values:
        return f"{indent}{name}: []\n"
    return f"{indent}{name}:\n" + "".join(f"{indent}  - {quoted(value)}\n" for value in values)


def case(said: Data, *, source: bool = True) -> str:
    """One sheet, as ``sheet.stored`` gives it. ``source``: whether to write where the facts come from."""
    names = [name for name in ORDER if name != "source" or source]
    return "".join(part(name, said[name]) for name in names)


def part(name: str, value: Any) -> str:
    if name in BLOCKS:
        return BLOCKS[name](value)
    if name in ("slug", "cycle", "your_turn_axis", "levers_kind"):
        return f"{name}: {code(value)}\n"
    if name == "date":
        return f"{name}: {value or 'null'}\n"
    if name in ("essential", "summary", "curator_note"):
        return paragraphs(name, value)
    return f"{name}: {codes(value) if isinstance(value, list) else quoted(value)}\n"


def speakers(rows: list[Data]) -> str:
    lines = (
        f"{{person: {code(row['person'])}, organisation: {code(row['organisation'])}, role: {quoted(row['role'])}}}"
        for row in rows
    )
    return listed("speakers", lines)


def listed(name: str, lines: Iterable[str]) -> str:
    body = "".join(f"  - {line}\n" for line in lines)
    return f"{name}:\n{body}" if body else f"{name}: []\n"


def group(name: str, value: Data, keys: str, plain: tuple[str, ...] = ()) -> str:
    lines = (f"  {key}: {code(value[key]) if key in plain else quoted(value[key])}\n" for key in keys.split())
    return f"{name}:\n" + "".join(lines)


def opening(value: Data) -> str:
    return f"opening:\n  text: {quoted(value['text'])}\n" + paragraphs("questions", value["questions"], "  ")


def points_of_view(rows: list[Data]) -> str:
    return listed(
        "points_of_view",
        (
            f"theme: {quoted(row['theme'])}\n    people: {codes(row['people'])}\n"
            f"    organisation: {code(row['organisation'])}\n    question: {quoted(row['question'])}\n"
            f"    text: {quoted(row['text'])}"
            for row in rows
        ),
    )


def project(value: Data | None) -> str:
    if value is None:
        return "project: null\n"
    return (
        f"project:\n  name: {quoted(value['name'])}\n  people: {codes(value['people'])}\n"
        f"  organisation: {code(value['organisation'])}\n  text: {quoted(value['text'])}\n"
    )


def figures(rows: list[Data]) -> str:
    return listed(
        "figures",
        (
            f"value: {quoted(row['value'])}\n    number: {number(row['number'])}\n    unit: {quoted(row['unit'])}\n"
            f"    label: {quoted(row['label'])}\n    whole: {number(row['whole'])}\n    year: {quoted(row['year'])}\n"
            f"    organisation: {code(row['organisation'])}"
            for row in rows
        ),
    )


def levers(rows: list[Data]) -> str:
    return listed("levers", (f"{{title: {quoted(r['title'])}, text: {quoted(r['text'])}}}" for r in rows))


def model(value: Data | None) -> str:
    if value is None:
        return "model: null\n"
    head = f"model:\n  title: {quoted(value['title'])}\n  note: {quoted(value['note'])}\n"
    if not value["rows"]:
        return f"{head}  rows: []\n"
    return f"{head}  rows:\n" + "".join(map(model_row, value["rows"]))


def model_row(row: Data) -> str:
    said = f"    - level: {code(row['level'])}\n"
    for pillar in ("human", "financial", "alliances"):
        items = "".join(
            f"        - {{state: {code(item['state'])}, text: {quoted(item['text'])}}}\n"
            for item in row[pillar]
        )
        said += f"      {pillar}:\n{items}" if items else f"      {pillar}: []\n"
    return said


BLOCKS: dict[str, Callable[[Any], str]] = {
    "speakers": speakers,
    "opening": opening,
    "points_of_view": points_of_view,
    "project": project,
    "figures": figures,
    "levers": levers,
    "pillar_reading": lambda value: group("pillar_reading", value, "human financial alliances"),
    "model": model,
    "replay": lambda value: group("replay", value, "url reason"),
    "source": lambda value: group("source", value, "status label year url", plain=("status",)),
}


def persons(rows: Iterable[Data]) -> str:
    """``rows``: as ``rows.PersonRow``."""
    lines = (
        f"{{slug: {code(row['slug'])}, first_name: {quoted(row['first_name'])}, last_name: {quoted(row['last_name'])}, "
        f"{ending(row)}}}"
        for row in rows
    )
    return listed("persons", lines)


def organisations(rows: Iterable[Data]) -> str:
    lines = (
        f"{{slug: {code(row['slug'])}, name: {quoted(row['name'])}, kind: {code(row['kind'])}, "
        f"region: {code(row['region'])}, {ending(row)}}}"
        for row in rows
    )
    return listed("organisations", lines)


def ending(row: Data) -> str:
    return f"spellings: [{', '.join(map(quoted, row['spellings']))}], note: {quoted(row['note'])}"


def whole(cases: Iterable[str], people: Iterable[Data], places: Iterable[Data]) -> str:
    """All in one file; ``cases`` are texts of ``case``."""
    blocks = []
    for text in cases:
        first, *others = text.rstrip("\n").split("\n")
        blocks.append("".join([f"  - {first}\n", *(f"    {line}\n" for line in others)]))
    told = "cases:\n" + "".join(blocks) if blocks else "cases: []\n"
    return persons(people) + organisations(places) + told
