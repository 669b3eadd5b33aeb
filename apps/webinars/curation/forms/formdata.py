"""From a sheet to what a browser would send of it: every form is filled that way, new or not."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from apps.editorial.curation import lines as rows
from apps.editorial.curation.lines import write
from apps.webinars.curation.forms.fields import write_item, write_number
from apps.webinars.curation.forms.lines import SECTIONS
from apps.webinars.models import Person
from apps.webinars.sheet import PILLARS, Model, Sheet

Line = dict[str, list[str]]


def blank_form() -> QueryDict:
    """A new case: nothing but a few empty lines."""
    return with_empty_lines(of(Sheet(), {}, {}))


def with_empty_lines(data: QueryDict) -> QueryDict:
    """A section where nothing is written yet shows where to write."""
    for section in SECTIONS.values():
        rows.with_empty_lines(data, section)
    return data


def of(said: Sheet, people: Mapping[str, Person], organisations: Mapping[str, str]) -> QueryDict:
    """``organisations``: slug → what the form writes for it."""
    data = QueryDict(mutable=True)

    def named(slug: str) -> str:
        return organisations.get(slug, slug)

    for name in ("goals", "related_goals", "fragilities", "pillars", "levels", "regions", "sizes"):
        data.setlist(name, [str(code) for code in getattr(said, name)])
    for name in ("title", "short_title", "cycle", "teaser", "takeaway", "your_turn", "your_turn_axis"):
        data[name] = getattr(said, name)
    data["date"] = said.date.isoformat() if said.date else ""
    for name in ("essential", "summary", "curator_note"):
        data[name] = "\n\n".join(getattr(said, name))
    data["opening_text"], data["opening_questions"] = said.opening.text, "\n".join(said.opening.questions)
    if said.project:
        data["project_name"], data["project_text"] = said.project.name, said.project.text
        data["project_organisation"] = named(said.project.organisation)
        data.setlist("project_people", said.project.people)
    data["levers_kind"], data["levers_intro"] = said.levers_kind, said.levers_intro
    for pillar in PILLARS:
        data[f"reading_{pillar}"] = getattr(said.pillar_reading, pillar)
    model = said.model or Model()
    data["model_title"], data["model_note"] = model.title, model.note
    data["replay_url"], data["replay_reason"] = said.replay.url, said.replay.reason
    for name in ("status", "label", "year", "url"):
        data[f"source_{name}"] = getattr(said.source, name)
    lines: dict[str, list[Line]] = {
        "speakers": [
            {
                "ref": [ref],
                **one(*names(row.person, people)),
                "organisation": [named(row.organisation)],
                "role": [row.role],
            }
            for ref, row in zip(refs(said), said.speakers, strict=True)
        ],
        "views": [
            {
                "theme": [row.theme],
                "people": row.people,
                "organisation": [named(row.organisation)],
                "question": [row.question],
                "text": [row.text],
            }
            for row in said.points_of_view
        ],
        "figures": [
            {
                "value": [row.value],
                "number": [write_number(row.number)],
                "unit": [row.unit],
                "label": [row.label],
                "whole": [write_number(row.whole)],
                "year": [row.year],
                "organisation": [named(row.organisation)],
            }
            for row in said.figures
        ],
        "levers": [{"title": [row.title], "text": [row.text]} for row in said.levers],
        "rows": [
            {
                "level": [row.level],
                **{
                    pillar: ["\n".join(write_item(cell.state, cell.text) for cell in getattr(row, pillar))]
                    for pillar in PILLARS
                },
            }
            for row in model.rows
        ],
    }
    for name, section in SECTIONS.items():
        write(data, section, lines[name])
    return data


def refs(said: Sheet) -> list[str]:
    """A person who is there twice has a second reference: one of her lines may change without the other."""
    found: list[str] = []
    for row in said.speakers:
        times = sum(ref.partition("~")[0] == row.person for ref in found)
        found.append(f"{row.person}~{times + 1}" if times and row.person else row.person)
    return found


def names(slug: str, people: Mapping[str, Person]) -> tuple[str, str]:
    """Empty for a person who asked to leave: her reference alone keeps her place."""
    person = people.get(slug)
    return (person.first_name, person.last_name) if person else ("", "")


def one(first_name: str, last_name: str) -> Line:
    return {"first_name": [first_name], "last_name": [last_name]}
