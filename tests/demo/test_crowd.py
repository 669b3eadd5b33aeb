"""The crowd of the demonstration: invented, uneven, scored like real results, the same at each run; its releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count, F, Model, QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Membership, Organisation, User
from apps.catalogue.models import Department, Region
from apps.course.models import Learner, Progress
from apps.dashboards.building.build import build_release
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation, Release
from apps.dashboards.quarters import Quarter, last_ended
from apps.demo.crowd import crowd, described, key_of, stories
from apps.demo.crowd_draws import Drawn, draw
from apps.demo.programmes import publish_past
from apps.demo.seed import seed
from apps.diagnostic.models import Campaign, FinanceYear, Result
from apps.diagnostic.results import as_row
from apps.diagnostic.scoring import RESOURCE_KEYS
from apps.methodology.models import Change, Engagement, Field, Item, Seat, StepState
from tests.support.client import StrictClient

TODAY = date(2026, 11, 27)
KEPT: tuple[type[Model], ...] = (Organisation, User, Membership, Campaign, FinanceYear, Result)
KEPT += (Learner, Progress, Engagement, Seat, StepState, Item, Field, Change)
KEPT += (Programme, Consent, ProgrammeInvitation)


@pytest.fixture
def without_the_crowd() -> None:
    """Here it is what is tested."""


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Seeded once for the file: each test undoes what it adds, this undoes the rest."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeded(whole: None, db: None) -> None:
    pass


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in KEPT}


@pytest.fixture
def past(seeded: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[Release]:
    """The releases of the past quarters, in the one transaction of a test: their temporary tables go by hand."""
    settings.RELEASES_COUNT_DEMO = True

    def build(pk: UUID) -> None:
        build_release(pk)
        connection.cursor().execute("DISCARD TEMP")

    monkeypatch.setattr("apps.demo.programmes.build_release", build)
    return publish_past()


def states(release: Release) -> Counter[str]:
    """Of its cells; « again » for those that repeat the value of an earlier release."""
    return Counter(
        "again" if cell.get("since") else cell["state"]
        for table in release.tables.all()
        for row in table.protected["rows"]
        for cell in row["cells"].values()
    )


def of_the_crowd() -> QuerySet[Campaign]:
    return Campaign.objects.filter(organisation__in=[key_of(who.rank) for who in draw(described(), TODAY)])


def drawn_on(day: date) -> list[dict[str, Any]]:
    return [
        {name: getattr(who, name) for name in Drawn.__slots__ if name != "chance"}
        for who in draw(described(), day)
    ]


def test_names_are_invented_and_all_different() -> None:
    names = [who.name for who in draw(described(), TODAY)]
    assert len(set(names)) == len(names) >= 400
    tails = described()["names"]["tails"]
    assert all(sum(name.endswith(f" {tail}") for tail in tails) == 1 for name in names)
    assert len({name.removesuffix(tail) for name in names for tail in tails}) > 20


def test_the_same_day_draws_the_same_crowd_and_another_day_moves_its_campaigns_only() -> None:
    assert drawn_on(TODAY) == drawn_on(TODAY)
    for now, later in zip(drawn_on(TODAY), drawn_on(date(2027, 4, 1)), strict=True):
        days, later_days = now.pop("closings"), later.pop("closings")
        assert now == later
        assert len(days) == len(later_days)
        assert all(before < after for before, after in zip(days, later_days, strict=True))


@pytest.mark.parametrize("today", [TODAY, date(2026, 10, 1), date(2027, 1, 1), date(2028, 2, 29)])
def test_campaigns_are_over_today_and_an_association_leaves_months_between_two(today: date) -> None:
    for who in draw(described(), today):
        assert all(today - timedelta(days=3 * 366) < day < today for day in who.closings)
        assert all((later - before).days > 90 for before, later in pairwise(who.closings))


def test_each_of_the_last_two_quarters_moves_more_than_the_threshold(settings: Any) -> None:
    quarters = Counter(Quarter.of(day) for who in draw(described(), TODAY) for day in who.closings)
    now = last_ended(TODAY)
    assert quarters[now] > quarters[now.before] > 5 * settings.RELEASE_K


@pytest.mark.django_db
def test_regions_go_from_many_to_none() -> None:
    regions = dict(Department.objects.values_list("pk", "region"))
    found = Counter(regions[who.department] if who.department else "" for who in draw(described(), TODAY))
    assert max(found.values()) > 60
    assert {1, 4} <= set(found.values())
    assert found[""] == 7
    assert Region.objects.exclude(pk__in=found).exists()


def test_a_second_run_changes_nothing(seeded: None) -> None:
    before = everything()
    seed()
    assert everything() == before


def test_all_of_it_is_marked_and_belongs_to_nobody(seeded: None) -> None:
    made = Organisation.objects.filter(is_demo=True)
    assert made.count() > 400
    for model in (Organisation, User, Campaign, Engagement, Programme):
        assert not model._default_manager.exclude(is_demo=True).exists()
    assert not Organisation.objects.exclude(siren="", siret="", rna="").exists()
    people = User.objects.filter(email__startswith="foule-")
    assert {email.partition("@")[2] for email in people.values_list("email", flat=True)} == {"demo.example"}
    assert not any(user.has_usable_password() for user in people)


def test_it_is_written_in_bulk(db: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        crowd()
    assert len(seen) < 60


def test_results_are_those_of_the_scoring(seeded: None) -> None:
    """Drawn again and scored again, each result is the one that was kept."""
    kept = {row.campaign_id: row for row in Result.objects.filter(campaign__in=of_the_crowd())}
    told = list(stories(described(), draw(described(), timezone.localdate())))
    assert len(told) == len(kept) > 600
    for row in told[::20]:
        found = kept[row.campaign.pk]
        assert (found.payload, found.statements) == (row.result.payload, row.result.statements)
        assert found.finances == [as_row(year) for year in found.campaign.finances.all()]


def test_dashboards_have_something_to_say(seeded: None) -> None:
    results = [row.payload for row in Result.objects.filter(campaign__in=of_the_crowd())]
    scores = {axis: [row["axes"][axis]["score"] for row in results] for axis in "ABCDE"}
    means = {axis: sum(s for s in found if s is not None) / len(found) for axis, found in scores.items()}
    assert min(means, key=lambda axis: means[axis]) == "C"
    assert max(means, key=lambda axis: means[axis]) == "A"
    assert {row["profile"] for row in results} >= {
        "a_securiser",
        "a_reequilibrer",
        "en_construction",
        "a_deployer",
    }
    assert {alert["code"] for row in results for alert in row["alerts"]} == {
        "cash_critical", "cash_tight", "negative_equity", "repeated_losses", "funder_dependency", "board_not_renewed"
    }  # fmt: skip
    again = of_the_crowd().filter(previous__isnull=False).select_related("result", "previous__result")
    gains = [
        one.result.payload["axes"]["B"]["score"] - one.previous.result.payload["axes"]["B"]["score"]  # type: ignore[union-attr]
        for one in again
        if one.result.payload["axes"]["B"]["score"] and one.previous.result.payload["axes"]["B"]["score"]  # type: ignore[union-attr]
    ]
    assert len(gains) > 100
    assert sum(gains) / len(gains) > 5


def test_accounts_balance(seeded: None) -> None:
    years = list(FinanceYear.objects.filter(campaign__in=of_the_crowd()))
    assert len(years) > 800
    for year in years:
        whole = sum(getattr(year, key) for key in RESOURCE_KEYS)
        assert whole == year.charges + year.result  # type: ignore[operator]
        assert year.top_funder <= whole  # type: ignore[operator]
    share = (
        of_the_crowd().annotate(years=Count("finances")).filter(years__gt=0).count() / of_the_crowd().count()
    )
    assert 0.5 < share < 0.75


def test_engagements_hold_together(seeded: None) -> None:
    for engagement in Engagement.objects.filter(title="Notre démarche").prefetch_related("changes", "seats"):
        numbers = [change.number for change in engagement.changes.order_by("number")]
        assert numbers == list(range(1, engagement.sequence + 1))
        assert [seat.user_id for seat in engagement.seats.all()] == [engagement.opened_by_id]
    assert not Progress.objects.filter(done_at__gt=timezone.now()).exists()
    assert not Change.objects.filter(at__gt=timezone.now()).exists()


def test_a_member_opens_every_page_of_such_an_association(seeded: None, client: StrictClient) -> None:
    """With and without accounts, alone or many, for the first time or again."""
    campaigns = of_the_crowd().annotate(years=Count("finances"), people=F("result__respondent_count"))
    chosen = [
        campaigns.filter(years=0, people=1).first(),
        campaigns.filter(years=3, people__gt=5, previous__isnull=False).first(),
        campaigns.filter(years__gt=0, people=2).first(),
        campaigns.filter(department=None).first(),
    ]
    for one in chosen:
        assert one
        person = User.objects.create(email=f"{one.pk}@exemple.fr", current_organisation=one.organisation)
        Membership.objects.create(user=person, organisation=one.organisation, role="admin")
        client.force_login(person)
        for page in (
            reverse("diagnostic:campaign", args=[one.pk]),
            reverse("diagnostic:result", args=[one.pk]),
            "/espace/",
        ):
            assert client.get(page).status_code == 200, page


def test_whoever_leads_an_engagement_opens_it(seeded: None, client: StrictClient) -> None:
    item = Item.objects.filter(kind="partnership", engagement__title="Notre démarche").first()
    assert item
    engagement = item.engagement
    assert engagement.opened_by
    client.force_login(engagement.opened_by)
    for page in (
        reverse("method:engagement", args=[engagement.pk]),
        reverse("method:tool", args=[engagement.pk, "leviers"]),
        reverse("method:item", args=[engagement.pk, item.pk]),
        reverse("method:history", args=[engagement.pk]),
    ):
        assert client.get(page).status_code == 200, page


def test_the_funder_holds_a_programme_to_follow_and_one_too_small(seeded: None, settings: Any) -> None:
    funder = User.objects.get(email="financeur@demo.example")
    large, small = funder.programmes.annotate(n=Count("consents")).order_by("-n")
    assert (large.name, small.name) == ("Appuis ruraux", "Premiers pas")
    active = large.consents.filter(withdrawn_at=None)
    assert active.count() == 60
    assert active.filter(organisation__name="La Marmite Solidaire").exists()
    assert active.filter(report_given=True).count() == 3
    assert large.consents.exclude(withdrawn_at=None).count() == 2
    assert small.consents.filter(withdrawn_at=None).count() == 7 < settings.RELEASE_K


def test_invitations_wait_are_declined_and_grow_old(seeded: None) -> None:
    rows = ProgrammeInvitation.objects.filter(programme__name="Appuis ruraux")
    asked = rows.get(association="Les Ateliers du Canal")
    assert (asked.answer, asked.email) == ("", "admin@demo.example")
    assert asked.expires_at > timezone.now()
    assert set(rows.values_list("answer", flat=True)) == {"", "declined"}
    assert rows.filter(answer="", expires_at__lt=timezone.now()).count() == 1


def test_the_command_prints_the_accounts_and_nothing_of_the_crowd(seeded: None, capsys: Any) -> None:
    call_command("seed_demo")
    printed = capsys.readouterr().out
    assert "financeur@demo.example" in printed
    assert "foule-" not in printed


def test_two_past_quarters_are_published_and_a_programme_too_small_is_refused(past: list[Release]) -> None:
    now = last_ended(timezone.localdate())
    told = [(row.quarter, row.programme.name if row.programme else "", row.state) for row in past]
    assert told == [
        (now.before, "", "published"),
        (now.before, "Appuis ruraux", "published"),
        (now, "", "published"),
        (now, "Premiers pas", "built"),
        (now, "Appuis ruraux", "published"),
    ]
    for row in past:
        row.refresh_from_db()
        assert row.is_demo
        assert row.audits.get().is_clean
        assert bool(row.refusal) == (row.state == "built")
        assert row.built_at
        assert row.built_at < timezone.now() - timedelta(hours=1)
        if row.published_at:
            assert row.quarter.last_day <= row.published_at.date() < timezone.localdate()


def test_releases_have_something_to_show_and_something_to_hide(past: list[Release]) -> None:
    first, _, second, refused, programme = past
    assert first.size < second.size
    assert min(states(first)[name] for name in ("shown", "hidden", "zero", "missing")) > 1
    assert not states(first)["again"]
    assert min(states(second)[name] for name in ("shown", "hidden", "again")) > 50
    assert min(states(programme)[name] for name in ("shown", "hidden", "again")) > 5
    assert not states(refused)["shown"]
    assert 300 < second.size < 414
    change = second.tables.get(key="evolution").protected["rows"]
    finances = next(row["cells"] for row in change if row["key"] == "B")
    assert finances["now"]["mean"] > finances["before"]["mean"]


def test_past_releases_are_made_once(past: list[Release]) -> None:
    before = list(Release.objects.order_by("pk").values())
    assert publish_past() == []
    assert list(Release.objects.order_by("pk").values()) == before


def test_nothing_is_published_where_demonstration_data_do_not_count(seeded: None) -> None:
    assert publish_past() == []
    assert not Release.objects.exists()
