"""The whole form of a case: what was sent, checked, and the sheet that it says."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Any

from django.http import QueryDict

from apps.editorial.curation.fields import in_order
from apps.editorial.curation.lines import lines_of, managed, read
from apps.editorial.shape import Lack, ShapeError
from apps.webinars import checks, sheet
from apps.webinars.curation import reads
from apps.webinars.curation.forms.case import TAGS, CaseForm
from apps.webinars.curation.forms.lines import SECTIONS
from apps.webinars.curation.wording import FIELDS
from apps.webinars.models import Person
from apps.webinars.services.drafting import Typed
from apps.webinars.services.identities import Answer, TypedPerson, keys_of
from apps.webinars.sheet import PILLARS

# A line that nobody has been found for yet.
PASSING = re.compile(r"n\d+")
PROBLEM = re.compile(r"(\w+)(?: (\d+))?")


class SheetForm:
    """Always filled, from a sheet or from a browser. ``before``: the draft as it is, whose order of labels is kept."""

    def __init__(self, data: QueryDict, *, choices: reads.Choices, before: sheet.Sheet | None = None) -> None:
        self.data = data.copy()
        self.choices, self.before = choices, before or sheet.Sheet()
        self.orders = {frozenset(part.people): part.people for part in self.before.telling}
        for section in SECTIONS.values():
            managed(self.data, section)
        self.cited = reads.people_named(self.slugs_sent())
        self.speakers = dict(self.named_speakers())
        self.main = CaseForm(self.data, choices=choices, speakers=self.speakers.items())
        self.lines = {name: lines_of(part)(self.data, prefix=name) for name, part in SECTIONS.items()}
        for line in self.lines["views"]:
            line.fields["people"].offer(list(self.speakers.items()), ())
        self.problems: list[str] = []
        self.said = sheet.Sheet()

    def slugs_sent(self) -> set[str]:
        """Every reference to people in the form; those of people are slugs."""
        sent = {ref for line in read(self.data, SECTIONS["speakers"]) for ref in line.get("ref", [])}
        for line in read(self.data, SECTIONS["views"]):
            sent.update(line.get("people", []))
        sent.update(self.data.getlist("project_people"))
        return {slug_of(ref) for ref in sent if len(ref) <= 120 and not PASSING.fullmatch(ref)}

    def named_speakers(self) -> Iterable[tuple[str, str]]:
        """Reference → name, for each written line; then people cited elsewhere who are not among them."""
        lines = read(self.data, SECTIONS["speakers"])
        for line in lines:
            ref, first, last = (
                (line.get(name) or [""])[0].strip() for name in ("ref", "first_name", "last_name")
            )
            name = f"{first} {last}".strip() or self.unnamed(ref)
            if ref and name and not line.get("DELETE"):
                yield ref, name
        there = {slug_of(ref) for line in lines for ref in line.get("ref", [])}
        for slug, person in self.cited.items():
            if slug not in there:
                yield slug, str(person)

    def unnamed(self, ref: str) -> str:
        """Who has a line without name: someone who asked to leave, or someone that the tables do not know."""
        person = self.cited.get(slug_of(ref))
        if person:
            return str(person) if person.is_withdrawn else ""
        return "" if not ref or PASSING.fullmatch(ref) else f"« {ref} », inconnue"

    def is_valid(self) -> bool:
        """Fills ``said`` when everything is understood; ``problems`` tells what the shape of a sheet refuses."""
        valid = [self.main.is_valid(), *(lines.is_valid() for lines in self.lines.values())]
        if not all(valid):
            return False
        try:
            self.said = sheet.read(self.values())
        except ShapeError as error:
            self.problems = [f"{told(where)} : {what}" for where, what in error.problems]
        return not self.problems

    def values(self) -> dict[str, Any]:
        """The sheet as data; people by reference, organisations by name."""
        main = self.main.cleaned_data
        project = {name: main[f"project_{name}"] for name in ("name", "organisation", "text")}
        project["people"] = self.refs(main["project_people"])
        model = {"title": main["model_title"], "note": main["model_note"], "rows": self.rows("rows")}
        names = ("title", "short_title", "cycle", "teaser", "essential", "summary", "takeaway", "your_turn",
                 "your_turn_axis", "levers_intro", "curator_note")  # fmt: skip
        return {
            **{name: main[name] for name in names},
            **{name: in_order(main[name], getattr(self.before, name)) for name in TAGS},
            "date": main["date"],
            "slug": self.before.slug,
            "opening": {"text": main["opening_text"], "questions": main["opening_questions"]},
            "project": project if any(project.values()) else None,
            "speakers": [
                {**row, "person": ref}
                for ref, row in zip(self.speaker_refs(), self.rows("speakers"), strict=True)
            ],
            "points_of_view": [{**row, "people": self.refs(row["people"])} for row in self.rows("views")],
            "figures": self.rows("figures"),
            "levers_kind": main["levers_kind"] or "leviers",
            "levers": self.rows("levers"),
            "pillar_reading": {pillar: main[f"reading_{pillar}"] for pillar in PILLARS},
            "model": model if any(model.values()) else None,
            "replay": {"url": main["replay_url"], "reason": main["replay_reason"]},
            "source": {
                "status": main["source_status"] or "S",
                **{name: main[f"source_{name}"] for name in ("label", "year", "url")},
            },
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The content of a section's lines; a speaker's names stay in the form."""
        apart = ("first_name", "last_name")
        return [
            {key: value for key, value in line.content().items() if key not in apart}
            for line in self.written(name)
        ]

    def written(self, name: str) -> list[Any]:
        if name != "speakers":
            return list(self.lines[name].ordered())
        return [line for line in self.lines[name].kept() if not line.is_blank or self.unnamed(ref_of(line))]

    def speaker_refs(self) -> list[str]:
        """Slugs, or the references of ``typed_people``; empty when the line names nobody."""
        typed = self.typed_people()
        return [
            ref
            if (ref := ref_of(line)) in typed
            else slug_of(ref)
            if self.unnamed(ref) or is_named(line)
            else ""
            for line in self.written("speakers")
        ]

    def refs(self, ticked: Iterable[str]) -> list[str]:
        """In the order that the draft has for the same people."""
        found = [ref for ref in ticked if ref in self.speakers]
        return self.orders.get(frozenset(found), found)

    def typed_people(self) -> dict[str, TypedPerson]:
        """Speakers that no slug names yet, or whose line now says another name."""
        people: dict[str, TypedPerson] = {}
        for line in self.written("speakers"):
            ref, data = ref_of(line), line.cleaned_data
            typed = TypedPerson(
                data.get("first_name", ""), data.get("last_name", ""), data.get("organisation", "")
            )
            if typed.last_name and not is_her(self.cited.get(slug_of(ref)), typed):
                people[ref] = typed
        return people

    def typed(self) -> Typed:
        """After ``is_valid``."""
        regions = dict(self.choices.of("regions"))
        return Typed(
            self.said, self.typed_people(), answers(self.data, regions), self.main.cleaned_data["reason"]
        )

    def lacks(self) -> list[Lack]:
        """What publication would ask of what is typed; names that are not known yet are no lack."""
        known = reads.references(
            self.choices,
            (slug for slug in self.said.people() if slug),
            filter(None, self.said.organisations()),
        )
        return checks.lacks(self.said, known)


def ref_of(line: Any) -> str:
    ref: str = line.cleaned_data.get("ref", "")
    return ref


def slug_of(ref: str) -> str:
    return ref.partition("~")[0]


def is_named(line: Any) -> bool:
    return bool(line.cleaned_data.get("last_name"))


def is_her(person: Person | None, typed: TypedPerson) -> bool:
    if person is None or person.is_withdrawn or person.merged_into_id:
        return False
    return typed.key in keys_of(person)


def told(where: str) -> str:
    """« Regards 2 » for « points_of_view 2, text »."""
    found = PROBLEM.match(where)
    name, number = found.groups() if found else (where, None)
    return " ".join(filter(None, (FIELDS.get(str(name), str(name)), number)))


def answers(data: QueryDict, regions: Container[str]) -> dict[str, Answer]:
    """« qui-person-lea-roux », « vu-… », « type-… », « region-… »: the questions that were shown, and the choices."""
    found = {}
    for name in (key.removeprefix("qui-") for key in data if key.startswith("qui-")):
        region = str(data.get(f"region-{name}", ""))
        found[name] = Answer(
            choice=str(data[f"qui-{name}"])[:120],
            seen=frozenset(str(data.get(f"vu-{name}", "")).split()),
            kind=str(data.get(f"type-{name}", "")),
            region=region if region in regions else "",
        )
    return found
