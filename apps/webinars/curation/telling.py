"""A sheet told as texts, field by field, with names instead of codes: what histories and conflicts compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from apps.core.microtypography import NO_BREAK
from apps.core.typography import date_long
from apps.webinars.curation.wording import FIELDS
from apps.webinars.enums import Cycle, LeversKind, Maturity, ModelLevel
from apps.webinars.sheet import PILLARS, Figure, Item, Model, PointOfView, Project, Sheet, Speaker

Texts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and slugs stand for; one that is not known is told as it is."""

    people: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    # « goals », « fragilities », « pillars »… → code → name
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, kind: str, codes: Iterable[object]) -> list[str]:
        known = self.codes.get(kind, {})
        return [known.get(str(code), str(code)) for code in codes]

    def person(self, slug: str) -> str:
        return self.people.get(slug, slug)

    def organisation(self, slug: str) -> str:
        return self.organisations.get(slug, slug)


def tell(said: Sheet, names: Names) -> Texts:
    """Every field in the order of the form; two sheets that differ are told differently."""
    told = {name: tag(said, names) for name, tag in TAGS.items()}
    told |= {
        "title": one(said.title),
        "short_title": one(said.short_title),
        "teaser": one(said.teaser),
        "essential": said.essential,
        "summary": said.summary,
        "takeaway": one(said.takeaway),
        "your_turn": one(said.your_turn),
        "speakers": [speaker(row, names) for row in said.speakers],
        "opening": [*one(said.opening.text), *(f"Question : {text}" for text in said.opening.questions)],
        "project": project(said.project, names),
        "points_of_view": [view(row, names) for row in said.points_of_view],
        "figures": [figure(row, names) for row in said.figures],
        "levers_intro": one(said.levers_intro),
        "levers": [lines(row.title, row.text) for row in said.levers],
        "pillar_reading": [
            labelled(names.of("pillars", [pillar])[0], getattr(said.pillar_reading, pillar))
            for pillar in PILLARS
            if getattr(said.pillar_reading, pillar)
        ],
        "model": model(said.model, names),
        "replay": labels(("Adresse", said.replay.url), ("Sans enregistrement", said.replay.reason)),
        "source": labels(
            ("Nature", names.of("statuses", [said.source.status])[0]),
            ("D’où viennent les faits", said.source.label),
            ("Année", said.source.year),
            ("Adresse", said.source.url),
        ),
        "curator_note": said.curator_note,
    }
    return {name: told[name] for name in FIELDS}


TAGS: dict[str, Callable[[Sheet, Names], list[str]]] = {
    "date": lambda said, names: [date_long(said.date)] if said.date else [],
    "cycle": lambda said, names: [Cycle(said.cycle).label] if said.cycle else [],
    "goals": lambda said, names: names.of("goals", said.goals),
    "related_goals": lambda said, names: names.of("goals", said.related_goals),
    "fragilities": lambda said, names: names.of("fragilities", said.fragilities),
    "pillars": lambda said, names: names.of("pillars", said.pillars),
    "levels": lambda said, names: names.of("levels", said.levels),
    "regions": lambda said, names: names.of("regions", said.regions),
    "sizes": lambda said, names: names.of("sizes", said.sizes),
    "your_turn_axis": lambda said, names: names.of(
        "pillars", [said.your_turn_axis] if said.your_turn_axis else []
    ),
    "levers_kind": lambda said, names: [LeversKind(said.levers_kind).label],
}


def one(text: str) -> list[str]:
    return [text] if text else []


def lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def labelled(label: str, text: str) -> str:
    return f"{label}{NO_BREAK}: {text}"


def labels(*pairs: tuple[str, str]) -> list[str]:
    return [labelled(label, text) for label, text in pairs if text]


def speaker(row: Speaker, names: Names) -> str:
    who = ", ".join(part for part in (names.person(row.person), names.organisation(row.organisation)) if part)
    return labelled(who, row.role) if row.role else who


def by(people: Iterable[str], organisation: str, names: Names) -> str:
    return ", ".join([*(names.person(slug) for slug in people), *one(names.organisation(organisation))])


def project(row: Project | None, names: Names) -> list[str]:
    return [lines(row.name or "Sans nom", by(row.people, row.organisation, names), row.text)] if row else []


def view(row: PointOfView, names: Names) -> str:
    asked = labelled("Question", row.question) if row.question else ""
    return lines(row.theme, by(row.people, row.organisation, names), asked, row.text)


def figure(row: Figure, names: Names) -> str:
    drawn = [labelled("dessiné", plain(row.number))] if row.number is not None else []
    whole = [labelled("sur un total de", plain(row.whole))] if row.whole is not None else []
    about = [*one(row.year), *one(names.organisation(row.organisation)), *drawn, *whole]
    head = f"{row.value} [{row.unit}]" if row.unit else row.value
    return lines(labelled(head, row.label), f"({' ; '.join(about)})" if about else "")


def plain(number: float) -> str:
    """Every digit, with a comma."""
    return repr(number).removesuffix(".0").replace(".", ",")


def model(row: Model | None, names: Names) -> list[str]:
    if row is None:
        return []
    told = [row.title or "Sans titre", *one(row.note)]
    for part in row.rows:
        cells = (
            lines(f"[{names.of('pillars', [pillar])[0]}]", *(item(entry) for entry in getattr(part, pillar)))
            for pillar in PILLARS
            if getattr(part, pillar)
        )
        told.append(lines(f"Échelon {ModelLevel(part.level).label.lower()}", *cells))
    return told


def item(row: Item) -> str:
    return f"[{Maturity(row.state).label}] {row.text}" if row.state else row.text
