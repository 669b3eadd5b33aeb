"""Démarches of the demonstration: one well advanced, one that has just opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid5

import yaml
from django.conf import settings

from apps.accounts.models import Organisation, User
from apps.demo import tables
from apps.demo.ledger import Ledger, moment
from apps.demo.said import ballot, comment, decision, signed_note, stage
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import Campaign
from apps.methodology.levers import agenda
from apps.methodology.levers.services import choose_campaign, key_of
from apps.methodology.models import CrossedDiagnostic, Engagement, Seat
from apps.methodology.papers.template import STARTERS
from apps.methodology.services.engagements import open_engagement
from apps.methodology.services.papers import start_from_model

Story = Mapping[str, Any]
People = Mapping[str, User]


def read(pattern: str) -> Iterator[dict[str, Any]]:
    folder = Path(settings.CONTENT_DIR).parent / "demo" / "method"
    for path in sorted(folder.glob(pattern)):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))


def method(people: People, organisations: Mapping[str, Organisation]) -> None:
    """Nothing for a démarche that was opened before: a second run changes nothing."""
    for story in next(read("0-*.yaml")).values():
        organisation = organisations[story["organisation"]]
        key = uuid5(organisation.pk, story["title"])
        if not Engagement.objects.filter(opening_key=key).exists():
            by = people[story["people"][story["opened_by"]]["email"]]
            made = open_engagement(organisation=organisation, by=by, title=story["title"], key=key)
            Engagement.objects.filter(pk=made.pk).update(opened_at=moment(story["opened"]))
            tell(story, made, seats_of(story, made, people))


def seats_of(story: Story, made: Engagement, people: People) -> dict[str, Seat]:
    """The opener has hers. No service: its mails would tell today of what was done months ago."""
    users = {name: people[row["email"]] for name, row in story["people"].items()}
    for name, row in story["people"].items():
        Seat.objects.update_or_create(
            engagement=made,
            user=users[name],
            defaults={
                "role": row["role"],
                "is_outside": row.get("outside", False),
                "joined_at": moment(row["day"]),
            },
        )
    found = {seat.user_id: seat for seat in made.seats.select_related("user", "engagement__organisation")}
    return {name: found[user.pk] for name, user in users.items()}


def tell(story: Story, made: Engagement, seats: Mapping[str, Seat]) -> None:
    if "note_from_model" in story:
        start_from_model(seat=seats[story["note_from_model"]], texts=STARTERS)
    ledger = Ledger(made, seats)
    if "campaign" in story:
        advance(story, made, ledger)
    for row in story["stages"]:
        stage(row, seats[row["by"]])
    for row in story.get("decisions", ()):
        decision(row, seats[row["by"]])
    for row in story.get("votes", ()):
        ballot(row, seats[row["by"]], ledger.items[row["item"]])
    for row in story.get("comments", ()):
        comment(row, seats, ledger.items.get(row.get("item", "")))


def advance(story: Story, made: Engagement, ledger: Ledger) -> None:
    """Everything that the tools hold, the workshop in its place among the dates: changes are numbered in their order."""
    tools = {key: value for said in read("[1-9]-*.yaml") for key, value in said.items() if key != "items"}
    rows = [row for said in read("[1-9]-*.yaml") for row in said.get("items", ())]
    rows += [*readings(rows), *tools["edits"], *crossed(story, tools["agenda"], made, ledger.seats)]
    workshop = tools["workshop"]
    ledger.write(row for row in rows if row["day"] <= workshop["day"])
    ledger.adopt(tables.held(workshop, ledger.seats))
    ledger.write(row for row in rows if row["day"] > workshop["day"])
    signed_note(story["note"], made, ledger.seats)
    tables.ready(story["workshop"], ledger.seats)


def readings(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"kind": "reading", "parent": row["key"], "by": row["by"], **reading}
        for row in rows
        for reading in row.get("readings", ())
    ]


def crossed(
    story: Story, told: Mapping[str, Any], made: Engagement, seats: Mapping[str, Seat]
) -> list[dict[str, Any]]:
    """The campaign is linked; its widest divergences are the points, with what the meeting made of them."""
    closed = Campaign.objects.filter(organisation=made.organisation, state=CampaignState.CLOSED)
    campaign = closed.select_related("result").get(opened_at__date=story["campaign"])
    choose_campaign(seat=seats[told["by"]], campaign=campaign.pk)
    CrossedDiagnostic.objects.filter(engagement=made).update(linked_at=moment(told["day"]))
    rows: list[dict[str, Any]] = []
    for point in agenda.agenda(campaign.result).points:
        if concluded := told["points"].get(point.code):
            fields = {"title": point.topic, "question": point.question, "axis": point.axis}
            made_key = key_of(campaign.result, "agenda", point.code, made.pk)
            rows += [
                {
                    "kind": "agenda_point",
                    "key": point.code,
                    "made_key": made_key,
                    "by": told["by"],
                    "day": told["day"],
                    "fields": fields | {"minutes": str(point.minutes)},
                },
                {"item": point.code, "by": told["by"], "day": told["concluded_on"], "fields": concluded},
            ]
    return rows
