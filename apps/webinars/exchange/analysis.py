"""What a file would change, line by line, before anything is written: nothing here writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from apps.core.typography import count
from apps.editorial.enums import DraftState
from apps.editorial.shape import ShapeError
from apps.webinars import checks, selectors, sheet
from apps.webinars.content import REPORT, changed
from apps.webinars.curation.wording import FIELDS
from apps.webinars.exchange.registers import KEPT, NEW, REFUSED, SAME, Registers, Told, bad_slug
from apps.webinars.exchange.rows import Bundle, Data, Entry, Problem
from apps.webinars.models import Webinar
from apps.webinars.services.rewriting import Change

CHANGED = "modified"
MOST_TOLD = 6


@dataclass(slots=True)
class Analysis:
    """``lines``: the report. ``content``: what will be written, checked, as JSON."""

    lines: list[Told] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    content: Data = field(default_factory=lambda: {"people": [], "organisations": [], "cases": []})

    def stored_lines(self) -> list[Data]:
        return [asdict(line) for line in self.lines]


def analyse(found: Bundle) -> Analysis:
    """About 15 queries, whatever the file."""
    made = Analysis(remarks=found.remarks)
    made.lines += [Told("line", problem.where, "", "", REFUSED, [problem.what]) for problem in found.strays]
    known = selectors.references()
    registers = Registers.of(known)
    for entries, read, group in (
        (found.organisations, registers.organisation, "organisations"),
        (found.people, registers.person, "people"),
    ):
        for entry in once(entries, made):
            told, row = read(entry)
            made.lines.append(told)
            if row is not None and told.outcome in (NEW, CHANGED):
                made.content[group].append(row)
    known = replace(
        known,
        people=known.people | registers.new_people | {""},
        organisations=known.organisations | registers.new_organisations | {""},
    )
    entries = once(found.cases, made)
    stored = {row.slug: row for row in Webinar.objects.filter(slug__in=[entry.slug for entry in entries])}
    for entry in entries:
        told, case = read_case(entry, stored.get(entry.slug), registers.changes, known)
        made.lines.append(told)
        if case is not None:
            made.content["cases"].append(case)
    return made


def once(entries: list[Entry], made: Analysis) -> list[Entry]:
    """Those whose code comes once; the others are refused, each with the place of its twin."""
    seen = Counter(entry.slug for entry in entries if entry.slug)
    places = defaultdict(list)
    for entry in entries:
        places[entry.slug].append(entry.where)
    for entry in entries:
        if seen[entry.slug] > 1:
            twins = ", ".join(
                other.where for other in entries if other.slug == entry.slug and other is not entry
            )
            what = f"Le code « {entry.slug} » y est plusieurs fois ({twins}) : gardez-en un."
            made.lines.append(Told("line", entry.where, entry.slug, "", REFUSED, [what]))
    return [entry for entry in entries if seen[entry.slug] <= 1]


def read_case(
    entry: Entry, stored: Webinar | None, changes: list[Change], known: checks.References
) -> tuple[Told, Data | None]:
    told = Told("case", entry.where, entry.slug, title_of(entry.data), REFUSED)
    problems = [*entry.problems, *bad_slug(entry.slug, 80)]
    if problems:
        return refused(told, problems), None
    try:
        data = {"source": REPORT, **entry.data} if isinstance(entry.data, dict) else entry.data
        said = sheet.read(data)
        draft = changed(sheet.stored(said), changes)
        said = sheet.read(draft) if changes else said
    except ShapeError as error:
        return refused(told, [Problem(place(where), what) for where, what in error.problems]), None
    told.name = said.short_title or said.title or entry.slug
    draft = sheet.stored(said)
    if stored and stored.draft == draft:
        told.outcome = SAME
        return told, None
    problems = [Problem(FIELDS.get(lack.field, ""), lack.text) for lack in checks.unknown(said, known)]
    problems += [Problem("", text) for text in forbidden(stored, entry.version)]
    if problems:
        return refused(told, problems), None
    told.outcome = CHANGED if stored else NEW
    told.details = [*differences(stored.draft if stored else {}, draft), *remarks(said, stored, known)]
    return told, {"sheet": draft, "version": stored.version if stored else 0}


def title_of(data: Any) -> str:
    """Something to recognise the case by, even when it cannot be read."""
    if not isinstance(data, dict):
        return ""
    return next(
        (v[:120] for v in (data.get("short_title"), data.get("title")) if isinstance(v, str) and v), ""
    )


def refused(told: Told, problems: Iterable[Problem]) -> Told:
    said = [f"{problem.where} : {problem.what}" if problem.where else problem.what for problem in problems]
    told.details = said[:MOST_TOLD]
    if len(said) > MOST_TOLD:
        told.details.append(f"Et {count(len(said) - MOST_TOLD, 'autre problème', 'autres problèmes')}.")
    return told


def place(where: str) -> str:
    """« figures 2, value » → « Chiffres 2, value »."""
    word, *others = where.split(" ", 1)
    name = FIELDS.get(word.rstrip(","), "")
    return " ".join([name + ("," if word.endswith(",") else ""), *others]) if name else where


def forbidden(stored: Webinar | None, version: str) -> list[str]:
    if stored is None:
        return []
    if stored.state == DraftState.ARCHIVED:
        return ["Cette fiche est archivée : rouvrez-la avant de l’importer."]
    if version and version != str(stored.version):
        return [
            f"Cette fiche a été modifiée depuis que le classeur a été exporté (version {version}, maintenant "
            f"{stored.version}). Exportez-la de nouveau et reportez-y vos changements ; ou videz la cellule « version » "
            "pour la remplacer."
        ]
    return []


def differences(before: Data, after: Data) -> list[str]:
    if not before:
        return []
    names = [name for field, name in FIELDS.items() if before.get(field) != after.get(field)]
    return [f"Change : {', '.join(names)}."]


def remarks(said: sheet.Sheet, stored: Webinar | None, known: checks.References) -> list[str]:
    told = []
    if stored and stored.state == DraftState.SCHEDULED:
        told.append("Sa publication est prévue : elle est annulée, la fiche redevient un brouillon.")
    elif stored and stored.state == DraftState.REVIEW:
        told.append("Elle est en relecture : elle redevient un brouillon, à proposer de nouveau.")
    elif stored and stored.sheet:
        told.append("Les lecteurs gardent la version publiée jusqu’à la prochaine publication.")
    missing = len(checks.lacks(said, known))
    if missing:
        told.append(f"{count(missing, 'point reste', 'points restent')} à compléter avant de la publier.")
    return told


def outcomes(lines: Iterable[Data]) -> Counter[str]:
    return Counter(line["outcome"] for line in lines)


__all__ = ["CHANGED", "KEPT", "NEW", "REFUSED", "SAME", "Analysis", "analyse", "outcomes"]
