"""Invented associations put in the database in bulk, and releases really built and published from them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from string import ascii_uppercase
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Organisation, User
from apps.dashboards.building.build import build_release
from apps.dashboards.models import Consent, Programme, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import releases
from apps.diagnostic.models import Campaign, Instrument, Result
from tests.dashboards import world
from tests.dashboards.attacks.people import Person
from tests.support.world import platform_person

DEPARTMENTS = {"11": "75", "53": "35", "76": "31", "84": "69", "94": "2A"}
CODES = map("".join, itertools.product(ascii_uppercase, repeat=6))
FIRST = Quarter(2025, 1)


@dataclass
class Stored:
    """One release a quarter. ``funder`` reads every programme; ``releases``: those published, in order."""

    funder: User = field(default_factory=lambda: platform_person(PlatformRole.FUNDER))
    operator: User = field(default_factory=lambda: platform_person(PlatformRole.OPERATOR))
    quarter: Quarter = FIRST
    releases: list[Release] = field(default_factory=list)
    organisations: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)

    def publish(self, people: Sequence[Person], scope: str = "") -> Release:
        """Built by the real worker's code; published unless the whole of it is refused."""
        self._answer(people)
        if scope:
            self._consent(people, self.programme(scope))
        else:
            self._forget(people)
        release = self._build(self.programme(scope) if scope else None)
        self.quarter = self.quarter.following
        if release.refusal:
            return release
        attacks = release.audits.all()[0].attacks
        if found := {a["code"]: a["findings"] for a in attacks if a["findings"]}:
            raise AssertionError(found)
        published = releases.publish(release=release, by=self.operator)
        self.releases.append(published)
        return published

    def _build(self, programme: Programme | None) -> Release:
        with mock.patch("apps.core.outbox.Outbox.send"):
            asked = releases.request_release(quarter=self.quarter, by=self.operator, programme=programme)
        assert build_release(asked.pk)
        return Release.objects.get(pk=asked.pk)

    def programme(self, name: str) -> Programme:
        if name not in self.programmes:
            code = f"PROG{len(self.programmes):02d}"
            self.programmes[name] = world.programme(self.funder, name=f"Programme {name}", code=code)
        return self.programmes[name]

    def _answer(self, people: Sequence[Person]) -> None:
        """A new campaign for whoever is new or changed; the others keep theirs."""
        known = [p for p in people if p.key not in self.organisations]
        made = [Organisation(name=f"Association {p.key}") for p in known]
        Organisation.objects.bulk_create(made)
        self.organisations.update({p.key: o.pk for p, o in zip(known, made, strict=True)})
        changed = [p for p in people if self.people.get(p.key) != p]
        noon = datetime.combine(
            self.quarter.first_day + timedelta(days=20), time(12), timezone.get_default_timezone()
        )
        campaigns = {p.key: self._campaign(p, noon) for p in changed}
        Campaign.objects.bulk_create(campaigns.values())
        Result.objects.bulk_create(self._results(changed, campaigns))
        through = Campaign.fragilities.through
        through.objects.bulk_create(
            through(campaign_id=campaigns[p.key].pk, fragility_id=code)
            for p in changed
            for code in p.fragilities
        )
        self.people.update({p.key: p for p in people})
        self._report(people)

    def _campaign(self, person: Person, closed: datetime) -> Campaign:
        return Campaign(
            id=uuid4(),
            organisation_id=self.organisations[person.key],
            instrument=Instrument.objects.get(),
            state="closed",
            code=next(CODES),
            opened_at=closed - timedelta(days=9),
            closed_at=closed,
            department_id=DEPARTMENTS[person.region] if person.region else None,
            size_class_id=person.size,
        )

    @staticmethod
    def _results(people: Sequence[Person], campaigns: dict[str, Campaign]) -> Iterator[Result]:
        for person in people:
            campaign = campaigns[person.key]
            yield Result(
                campaign=campaign,
                instrument=campaign.instrument,
                instrument_sha256=campaign.instrument.sha256,
                scoring_version="1",
                respondent_count=3,
                payload=payload(person),
                statements=[],
                finances=[{"year": 2024, "resources": dict(person.amounts)}],
            )

    def _consent(self, people: Sequence[Person], programme: Programme) -> None:
        wanted = {self.organisations[p.key] for p in people}
        active = Consent.objects.filter(programme=programme, withdrawn_at=None)
        active.exclude(organisation__in=wanted).update(withdrawn_at=timezone.now())
        missing = wanted - set(active.values_list("organisation", flat=True))
        Consent.objects.bulk_create(
            Consent(programme=programme, organisation_id=pk, words="accord-1") for pk in missing
        )

    def _report(self, people: Sequence[Person]) -> None:
        """Those that gave their report gave it to somebody else's programme."""
        programme, reported = self.programme("reports"), {self.organisations[p.key] for p in people if p.held}
        Consent.objects.filter(programme=programme).delete()
        Consent.objects.bulk_create(
            Consent(programme=programme, organisation_id=pk, words="accord-1", report_given=True)
            for pk in reported
        )

    def _forget(self, people: Sequence[Person]) -> None:
        """An association that is gone has erased its campaign."""
        gone = self.people.keys() - {p.key for p in people}
        Campaign.objects.filter(organisation__in=[self.organisations[key] for key in gone]).delete()
        for key in gone:
            del self.people[key]


def payload(person: Person) -> dict[str, Any]:
    scores = {axis: None if s is None else float(s) for axis, s in person.scores.items()}
    return {
        "axes": {axis: {"score": score, "coverage": 1.0} for axis, score in scores.items()},
        "pillar_gap": None,
        "barycentre": None,
        "strengths": [],
        "weaknesses": [],
        "divergences": [],
        "indicators": {},
        "alerts": [{"code": code, "level": "orange"} for code in person.alerts],
        "profile": person.profile,
    }
