"""Cases, people and organisations as tables of texts (pure): a row a case, a row a speaker, a figure, a paragraph…

The first column of a table of details, « cas », is the code of the case. Lists of codes stand in one cell, « ; »
between them; a line break separates spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.webinars.exchange.rows import Bundle, Data, Entry, Problem

SEPARATOR = ";"
PILLARS = ("human", "financial", "alliances")
# Header → where it stands in the sheet.
CASE: dict[str, str] = {
    "code": "slug",
    "date": "date",
    "titre": "title",
    "titre court": "short_title",
    "cycle": "cycle",
    "odd": "goals",
    "odd proches": "related_goals",
    "fragilités": "fragilities",
    "appuis": "pillars",
    "échelons": "levels",
    "régions": "regions",
    "tailles": "sizes",
    "présentation": "teaser",
    "à emporter": "takeaway",
    "à vous": "your_turn",
    "appui de « à vous »": "your_turn_axis",
    "ouverture": "opening.text",
    "nature des leviers": "levers_kind",
    "entrée des leviers": "levers_intro",
    "lecture humaine": "pillar_reading.human",
    "lecture financière": "pillar_reading.financial",
    "lecture alliances": "pillar_reading.alliances",
    "modèle": "model",
    "titre du modèle": "model.title",
    "note du modèle": "model.note",
    "enregistrement": "replay.url",
    "pourquoi sans enregistrement": "replay.reason",
    "statut de la source": "source.status",
    "source": "source.label",
    "année de la source": "source.year",
    "adresse de la source": "source.url",
}
LISTS = ("goals", "related_goals", "fragilities", "pillars", "levels", "regions", "sizes")
DETAILS: dict[str, dict[str, str]] = {
    "textes": {"partie": "part", "texte": "text"},
    "intervenants": {"personne": "person", "organisation": "organisation", "fonction": "role"},
    "projets": {"nom": "name", "personnes": "people", "organisation": "organisation", "texte": "text"},
    "regards": {
        "thème": "theme",
        "personnes": "people",
        "organisation": "organisation",
        "question": "question",
        "texte": "text",
    },
    "chiffres": {
        "valeur": "value",
        "nombre": "number",
        "unité": "unit",
        "libellé": "label",
        "total": "whole",
        "année": "year",
        "organisation": "organisation",
    },
    "leviers": {"titre": "title", "texte": "text"},
    "modèles": {"ligne": "row", "échelon": "level", "appui": "pillar", "état": "state", "texte": "text"},
}
PARTS = {
    "essentiel": "essential",
    "résumé": "summary",
    "question d’ouverture": "questions",
    "note de curation": "curator_note",
}
PEOPLE = {
    "code": "slug",
    "prénom": "first_name",
    "nom": "last_name",
    "graphies": "spellings",
    "note": "note",
}
ORGANISATIONS = {
    "code": "slug",
    "nom": "name",
    "type": "kind",
    "région": "region",
    "graphies": "spellings",
    "note": "note",
}
VERSION = "version"  # may be left out: the case is then taken whatever happened since
COLUMNS: dict[str, tuple[str, ...]] = {
    "cas": (*CASE, VERSION),
    **{name: ("cas", *columns) for name, columns in DETAILS.items()},
    "personnes": tuple(PEOPLE),
    "organisations": tuple(ORGANISATIONS),
}
FAMILY = ("cas", *DETAILS)  # go together: a case without its speakers would lose them


@dataclass(slots=True)
class Line:
    """A row of a table as it was read: header → text. ``problems``: cells that cannot be taken."""

    table: str
    place: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def where(self) -> str:
        return f"feuille « {self.table} », ligne {self.place}"


def joined(items: Iterable[Any], separator: str = SEPARATOR) -> str:
    """One cell for a list; a separator inside an item is escaped, an empty item is « \\e »."""
    between = separator if separator == "\n" else f"{separator} "
    return between.join(escaped(str(item), separator) for item in items)


def escaped(item: str, separator: str) -> str:
    plain = item.replace("\\", "\\\\").replace("\n", "\\n").replace(separator, f"\\{separator}")
    return plain or "\\e"


def split(text: str, separator: str = SEPARATOR) -> list[str]:
    if not text.strip():
        return []
    items, current, signs = [], "", iter(text)
    for sign in signs:
        if sign == "\\":
            following = next(signs, "\\")
            current += {"n": "\n", "e": ""}.get(following, following)
        elif sign == separator:
            items.append(current.strip())
            current = ""
        else:
            current += sign
    return [*items, current.strip()]


def number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def numeric(text: str) -> Any:
    """« 1 400,5 » → 1400.5; what is no number stays a text, which the sheet refuses with its reason."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        return float(plain) if plain else None
    except ValueError:
        return text


def whole(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


# From sheets to tables


def flat(cases: Iterable[tuple[Data, int]], people: Iterable[Data], places: Iterable[Data]) -> Iterator[Line]:
    """``cases``: sheets as ``sheet.stored`` gives them, with their version."""
    for said, version in cases:
        yield Line("cas", 0, {**flat_case(said), VERSION: str(version)})
        for table, rows in details(said):
            for row in rows:
                cells = {header: cell(row[name]) for header, name in DETAILS[table].items()}
                yield Line(table, 0, {"cas": said["slug"], **cells})
    yield from (register("personnes", PEOPLE, row) for row in people)
    yield from (register("organisations", ORGANISATIONS, row) for row in places)


def cell(value: Any) -> str:
    if isinstance(value, list):
        return joined(value)
    return value if isinstance(value, str) else number(value)


def flat_case(said: Data) -> dict[str, str]:
    cells = {}
    for header, path in CASE.items():
        first, _, last = path.partition(".")
        value = said[first]
        if path == "model":
            cells[header] = "oui" if value else ""
        else:
            cells[header] = cell(((value or {}).get(last, "") if last else value) or "")
    return cells


def details(said: Data) -> Iterator[tuple[str, list[Data]]]:
    paragraphs = {**said, "questions": said["opening"]["questions"]}
    texts = [
        {"part": part, "text": escaped_text(text)}
        for part, name in PARTS.items()
        for text in paragraphs[name]
    ]
    yield "textes", texts
    yield "intervenants", said["speakers"]
    yield "projets", [said["project"]] if said["project"] else []
    yield "regards", said["points_of_view"]
    yield "chiffres", said["figures"]
    yield "leviers", said["levers"]
    yield "modèles", list(model_rows(said["model"])) if said["model"] else []


def escaped_text(text: str) -> str:
    """A paragraph is never an empty cell: the row would say nothing."""
    return f"\\{text}" if text.startswith("\\") else text or "\\e"


def unescaped_text(text: str) -> str:
    return text.removeprefix("\\") if text.startswith("\\\\") else "" if text == "\\e" else text


def model_rows(model: Data) -> Iterator[Data]:
    for place, row in enumerate(model["rows"], 1):
        items = [{"pillar": pillar, **item} for pillar in PILLARS for item in row[pillar]]
        for item in items or [{"pillar": "", "state": "", "text": ""}]:
            yield {"row": str(place), "level": row["level"], **item}


def register(table: str, columns: dict[str, str], row: Data) -> Line:
    cells = {header: cell(row[name]) for header, name in columns.items() if name != "spellings"}
    return Line(table, 0, {**cells, "graphies": joined(row["spellings"], "\n")})


# From tables to sheets


def bundle(lines: Iterable[Line]) -> Bundle:
    """Every line goes to a case, a person, an organisation, or is told as a stray."""
    found, cases = Bundle(), dict[str, list[Entry]]()
    later: list[Line] = []
    for line in lines:
        if line.table == "cas":
            entry = Entry(
                line.where, unflat_case(line.cells), line.problems, line.cells.get(VERSION, "").strip()
            )
            cases.setdefault(entry.slug, []).append(entry)
            found.cases.append(entry)
        elif line.table == "personnes":
            found.people.append(Entry(line.where, unregister(PEOPLE, line.cells), line.problems))
        elif line.table == "organisations":
            found.organisations.append(
                Entry(line.where, unregister(ORGANISATIONS, line.cells), line.problems)
            )
        else:
            later.append(line)
    for line in later:
        owner = line.cells["cas"].strip()
        for entry in cases.get(owner, []):
            add(entry, line)
        if not cases.get(owner):
            what = (
                f"le cas « {owner} » n’est pas dans la feuille « cas »"
                if owner
                else "la colonne « cas » est vide"
            )
            found.strays.append(Problem(line.where, f"{what} : corrigez ce code, ou retirez la ligne."))
    for entry in found.cases:
        for row in (entry.data["model"] or {"rows": []})["rows"]:
            row.pop("mark")
    return found


def unregister(columns: dict[str, str], cells: dict[str, str]) -> Data:
    data: Data = {name: cells[header] for header, name in columns.items()}
    return {**data, "spellings": split(cells["graphies"], "\n")}


def unflat_case(cells: dict[str, str]) -> Data:
    data: Data = {
        "opening": {"questions": []},
        "pillar_reading": {},
        "replay": {},
        "source": {},
        "essential": [],
        "summary": [],
        "curator_note": [],
        "speakers": [],
        "points_of_view": [],
        "figures": [],
        "levers": [],
        "project": None,
    }
    model = {"title": cells["titre du modèle"], "note": cells["note du modèle"], "rows": []}
    for header, path in CASE.items():
        first, _, last = path.partition(".")
        if first != "model":
            value = unflat_value(path, cells[header])
            (data[first] if last else data).__setitem__(last or first, value)
    data["model"] = model if cells["modèle"].strip() or model["title"] or model["note"] else None
    return data


def unflat_value(path: str, text: str) -> Any:
    if path in LISTS:
        return [whole(item) if "goals" in path else item for item in split(text)]
    if path == "date":
        return text.strip() or None
    return text.strip() if path == "slug" else text


def add(entry: Entry, line: Line) -> None:
    """A detail takes its place in its case, in the order of the lines."""
    entry.problems += line.problems
    data = entry.data
    row: Data = {name: line.cells[header] for header, name in DETAILS[line.table].items()}
    if "people" in row:
        row["people"] = split(row["people"])
    if line.table == "textes":
        add_text(entry, line, row)
    elif line.table == "projets":
        if data["project"] is not None:
            entry.problems.append(Problem(line.where, "ce cas a déjà un projet : gardez une seule ligne."))
        data["project"] = row
    elif line.table == "chiffres":
        data["figures"].append({**row, "number": numeric(row["number"]), "whole": numeric(row["whole"])})
    elif line.table == "modèles":
        add_model_row(entry, line, row)
    else:
        names = {"intervenants": "speakers", "regards": "points_of_view", "leviers": "levers"}
        data[names[line.table]].append(row)


def add_text(entry: Entry, line: Line, row: Data) -> None:
    part = PARTS.get(row["part"].strip().lower().replace("'", "’"))
    if part is None:
        known = ", ".join(PARTS)
        entry.problems.append(
            Problem(line.where, f"« {row['part']} » n’est pas une partie : choisissez entre {known}.")
        )
        return
    place = entry.data["opening"] if part == "questions" else entry.data
    place[part].append(unescaped_text(row["text"]))


def add_model_row(entry: Entry, line: Line, row: Data) -> None:
    data = entry.data
    data["model"] = data["model"] or {"title": "", "note": "", "rows": []}
    rows: list[Data] = data["model"]["rows"]
    mark = row["row"].strip()
    if not rows or rows[-1]["mark"] != (mark, row["level"]):
        rows.append(
            {"mark": (mark, row["level"]), "level": row["level"], **{pillar: [] for pillar in PILLARS}}
        )
    pillar = row["pillar"].strip()
    if pillar in PILLARS:
        rows[-1][pillar].append({"state": row["state"], "text": row["text"]})
    elif pillar or row["text"].strip():
        told = f"« {pillar} » n’est pas un appui : écrivez {', '.join(PILLARS)}."
        entry.problems.append(Problem(line.where, told))
