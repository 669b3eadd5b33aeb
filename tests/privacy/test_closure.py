"""Closing an association: nothing moves for two weeks, any admin stops it, then all of it goes and nothing else does."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import CASCADE, SET_NULL
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import Organisation, User
from apps.accounts.selectors import current_place
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.core.processings import Fate
from apps.dashboards.models import ReleaseMember, ReleaseTable
from apps.documents.models import Document
from apps.privacy import closure, erasure, tasks
from apps.privacy.holdings import holdings
from apps.privacy.models import Cause, ClosureRequest, ErasureReceipt
from tests.accounts.helpers import PASSWORD
from tests.factories import MembershipFactory, OrganisationFactory, member
from tests.factories.diagnostic import closed_campaign
from tests.ledger.support import Place, requested
from tests.ledger.support import around as ledger_around
from tests.privacy.support import dump, full_world
from tests.support.client import StrictClient
from tests.support.world import World

pytestmark = pytest.mark.django_db
NAME = "Les Ateliers d’Élise"


@pytest.fixture
def house(db: None) -> Organisation:
    return OrganisationFactory.create(name=NAME)


@pytest.fixture
def admin(house: Organisation) -> User:
    user = member(house, email="claire@exemple.fr", full_name="Claire Moreau")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def hers(admin: User) -> StrictClient:
    """Signed in, and asked for her password again as the page wants."""
    client = StrictClient()
    client.post("/compte/login/", {"login": admin.email, "password": PASSWORD})
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    return client


def address(house: Organisation, rest: str = "") -> str:
    return f"/organisations/{house.pk}/fermer/{rest}"


def rounds(days: int, since: datetime | None = None) -> int:
    """That many days of the worker, from the day after; how many associations were erased."""
    begin, done = since or timezone.now(), 0
    for day in range(1, days + 1):
        moment = begin + timedelta(days=day, minutes=1)
        with time_machine.travel(moment, tick=False):
            found, failed = closure.close_due(moment)
            assert failed == 0
            done += found
    return done


def exists(house: Organisation) -> bool:
    return Organisation.objects.filter(pk=house.pk).exists()


def test_from_the_page_to_the_receipt(house: Organisation, hers: StrictClient, admin: User) -> None:
    other = OrganisationFactory.create()
    MembershipFactory.create(user=admin, organisation=other, role="staff")
    lead, board = member(house, "lead"), member(house, "board")
    closed_campaign(house)
    page = hers.get(address(house)).content.decode()
    assert "Diagnostics, avec leur résultat" in page
    assert "publications parues" in page
    done = hers.post(address(house), {"name": NAME}, follow=True)
    assert "La fermeture est prévue le" in done.content.decode()
    assert "Annuler la fermeture" in done.content.decode()
    assert sorted(mail.to[0] for mail in Email.objects.all()) == sorted([admin.email, lead.email])
    assert "fermeture prévue le" in Email.objects.get(to=lead.email).email_message().subject
    assert exists(house)
    assert rounds(13) == 0
    Email.objects.all().delete()
    assert rounds(15) == 1
    assert not exists(house)
    # Accounts stay, at work elsewhere or nowhere.
    admin.refresh_from_db()
    place = current_place(admin)
    assert place
    assert place.organisation == other
    assert User.objects.filter(pk__in=[lead.pk, board.pk]).count() == 2
    assert hers.get("/espace/").status_code == 200
    [mail] = Email.objects.all()
    assert mail.to == [admin.email]
    link = re.search(r"/effacement/\S+/", mail.email_message().body)
    assert link
    receipt = StrictClient().get(link[0]).content.decode()
    assert "Diagnostics, avec leur résultat" in receipt
    assert "L’association est" in receipt
    assert NAME not in receipt
    events = [Event.CLOSURE_ASKED, Event.ORGANISATION_ERASED]
    told = AuditEntry.objects.filter(event__in=events).order_by("pk")
    assert [(one.event, one.subject) for one in told] == [
        (event, f"organisation:{house.pk}") for event in events
    ]


@pytest.mark.parametrize("typed", ["", "Une autre", "Les Ateliers"])
def test_without_its_name_nothing_is_asked(house: Organisation, hers: StrictClient, typed: str) -> None:
    mails = Email.objects.count()
    page = hers.post(address(house), {"name": typed})
    assert page.status_code == 422
    assert not ClosureRequest.objects.exists()
    assert Email.objects.count() == mails


@pytest.mark.parametrize("typed", ["les ateliers d'élise", "Les\u00a0Ateliers  d’Élise "])
def test_its_name_is_read_as_a_person_would(house: Organisation, hers: StrictClient, typed: str) -> None:
    assert hers.post(address(house), {"name": typed}).status_code == 302
    assert ClosureRequest.objects.filter(organisation=house).exists()


def test_an_old_session_is_asked_for_a_proof_first(house: Organisation, admin: User) -> None:
    client = StrictClient()
    client.force_login(admin)
    answer = client.post(address(house), {"name": NAME})
    assert "reauthenticate" in answer["Location"]
    assert not ClosureRequest.objects.exists()


def test_opening_the_page_changes_nothing(house: Organisation, hers: StrictClient) -> None:
    before = dump()
    hers.get(address(house))
    hers.head(address(house))
    after = dump()
    assert {label for label in before if before[label] != after[label]} <= {"sessions.Session", "cache"}


def test_a_double_click_asks_once_and_keeps_the_first_day(house: Organisation, hers: StrictClient) -> None:
    hers.post(address(house), {"name": NAME})
    first, mails = ClosureRequest.objects.get().due_at, Email.objects.count()
    assert hers.post(address(house), {"name": NAME}).status_code == 302
    assert ClosureRequest.objects.get().due_at == first
    assert Email.objects.count() == mails
    assert AuditEntry.objects.filter(event=Event.CLOSURE_ASKED).count() == 1


def test_another_admin_cancels_and_nothing_ever_goes(house: Organisation, hers: StrictClient) -> None:
    hers.post(address(house), {"name": NAME})
    other = StrictClient()
    other.force_login(member(house))
    for _ in range(2):
        assert other.post(address(house, "annuler/")).status_code == 302
    assert not ClosureRequest.objects.exists()
    assert AuditEntry.objects.filter(event=Event.CLOSURE_CANCELLED).count() == 1
    assert rounds(40) == 0
    assert exists(house)


def test_members_read_the_day_and_only_admins_the_button(house: Organisation, admin: User) -> None:
    closure.ask(organisation=house, by=admin)
    client = StrictClient()
    client.force_login(member(house, "staff"))
    page = client.get("/espace/").content.decode()
    assert "Cette association ferme le" in page
    assert "Annuler la fermeture" not in page


def test_the_sheet_leads_admins_to_it_and_nobody_else(house: Organisation, admin: User) -> None:
    for user, seen in ((admin, True), (member(house, "lead"), False)):
        client = StrictClient()
        client.force_login(user)
        page = client.get(f"/organisations/{house.pk}/modifier/").content.decode()
        assert (address(house) in page) is seen


def test_a_last_letter_two_days_before(house: Organisation, admin: User) -> None:
    member(house, "board")
    lead = member(house, "lead")
    due = closure.ask(organisation=house, by=admin).due_at
    Email.objects.all().delete()
    assert closure.remind(due - timedelta(days=3)) == 0
    assert closure.remind(due - timedelta(hours=47)) == 1
    assert closure.remind(due - timedelta(hours=46)) == 0
    assert {mail.to[0] for mail in Email.objects.all()} == {admin.email, lead.email}
    message = Email.objects.get(to=lead.email).email_message()
    assert "tout sera effacé le" in message.subject
    assert address(house) in message.body
    closure.cancel(organisation=house, by=admin)
    assert closure.remind(due - timedelta(hours=45)) == 0


def test_who_asked_may_leave_and_it_closes_all_the_same(house: Organisation, admin: User) -> None:
    member(house)
    closure.ask(organisation=house, by=admin)
    erasure.erase_person(user=admin, cause=Cause.ASKED)
    assert ClosureRequest.objects.get().asked_by is None
    assert rounds(15) == 1
    assert not exists(house)


def test_a_clock_that_jumps_closes_nothing(house: Organisation, admin: User) -> None:
    closure.ask(organisation=house, by=admin)
    ahead = timezone.now() + timedelta(days=60)
    with time_machine.travel(ahead, tick=False):
        for _ in range(30):
            assert closure.close_due(ahead) == (0, 0)
    assert exists(house)


def test_one_that_fails_stops_nobody(
    house: Organisation, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = OrganisationFactory.create()
    for one in (house, other):
        closure.ask(organisation=one, by=admin)
    ClosureRequest.objects.update(nights=20)
    real = closure.erase_organisation

    def breaks(organisation: Organisation) -> Any:
        if organisation.pk == house.pk:
            raise RuntimeError
        return real(organisation)

    monkeypatch.setattr(closure, "erase_organisation", breaks)
    assert closure.close_due(timezone.now() + timedelta(days=15)) == (1, 1)
    assert (exists(house), exists(other)) == (True, False)
    # What failed left no receipt behind.
    assert ErasureReceipt.objects.count() == 1


def test_an_orphan_closes_unless_someone_joins_it(db: None) -> None:
    Organisation.objects.all().delete()
    left, joined = OrganisationFactory.create(), OrganisationFactory.create()
    OrganisationFactory.create(is_demo=True)
    member(OrganisationFactory.create())
    now = timezone.now()
    assert set(closure.orphans()) == {left, joined}
    assert closure.announce_orphans(now) == 2
    assert closure.announce_orphans(now) == 0
    member(joined, "staff")
    assert rounds(15, now) == 1
    assert (exists(left), exists(joined)) == (False, True)
    assert ErasureReceipt.objects.get().cause == Cause.ORPHAN
    assert not ClosureRequest.objects.exists()


@pytest.fixture(name="place")
def make_place(db: None) -> World:
    return full_world()


def close_now(house: Organisation, by: User) -> None:
    closure.ask(organisation=house, by=by)
    ClosureRequest.objects.update(nights=20)
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        tasks.close_due()
    assert not exists(house)


def test_nothing_of_it_is_left_and_published_figures_do_not_move(place: World) -> None:
    house = place.organisation
    Organisation.objects.filter(pk=house.pk).update(name="Quintefeuille-Zéphirine")
    house.refresh_from_db()
    before = list(ReleaseTable.objects.order_by("pk").values())
    counted = ReleaseMember.objects.count()
    close_now(house, place.people["admin"])
    found = {
        label
        for label, rows in dump().items()
        if any(str(house.pk) in row or "Quintefeuille-Zéphirine" in row for row in rows)
    }
    # The journal keeps a number; the mails that tell it leave after thirty days.
    assert found == {"audit.AuditEntry", "post_office.Email"}
    assert list(ReleaseTable.objects.order_by("pk").values()) == before
    assert ReleaseMember.objects.filter(organisation=None).count() == counted > 0


def test_another_association_does_not_move(place: World) -> None:
    other = OrganisationFactory.create(name="Voisine")
    people = {role: member(other, role) for role in ("admin", "lead", "staff", "board")}
    closed_campaign(other)
    ledger_around(other, people["admin"])
    rows = {
        (one.model, one.path): set(
            apps.get_model(one.model)
            ._default_manager.filter(**{one.path: other})
            .values_list("pk", flat=True)
        )
        for one in holdings()
    }
    before = {label: [row for row in found if str(other.pk) in row] for label, found in dump().items()}
    close_now(place.organisation, place.people["admin"])
    after = {label: [row for row in found if str(other.pk) in row] for label, found in dump().items()}
    assert before == after
    for (model, path), kept in rows.items():
        manager = apps.get_model(model)._default_manager
        assert set(manager.filter(**{path: other}).values_list("pk", flat=True)) == kept


def test_its_files_leave_once_it_is_committed(
    place: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    house = place.organisation
    name = default_storage.save("documents/essai.pdf", ContentFile(b"%PDF"))
    Document.objects.create(
        kind="diagnostic_report", key="f" * 64, subject_id=house.pk, organisation=house, title="Rapport",
        filename="r.pdf", state="ready", file=name, sha256="0" * 64, expires_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    waiting = requested(Place(house, {"admin": place.people["admin"]})).file
    with django_capture_on_commit_callbacks() as kept:
        close_now(house, place.people["admin"])
        assert default_storage.exists(name)
    for callback in kept:
        callback()
    assert not default_storage.exists(name)
    assert not default_storage.exists(waiting)


def test_every_model_that_belongs_to_an_association_is_declared() -> None:
    known = {(one.model, one.path): one for one in holdings()}
    # The active association of a person is another one, or none; the sheet goes with the association.
    elsewhere = {
        ("accounts.User", "current_organisation"),
        ("accounts.Organisation_fragilities", "organisation"),
    }
    found = {
        (field.related_model._meta.label, field.field.name): field.on_delete
        for field in Organisation._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
    }
    assert found.keys() - known.keys() == elsewhere
    for key, on_delete in found.items():
        if key not in elsewhere:
            fate = {CASCADE: Fate.ERASED, SET_NULL: Fate.ANONYMISED}[on_delete]
            assert known[key].fate is fate, key
            assert bool(known[key].reason) is (fate is Fate.ANONYMISED), key


def test_the_page_costs_the_same_at_one_and_three(
    house: Organisation, hers: StrictClient, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            closed_campaign(house)
        with django_assert_num_queries(8):
            hers.get(address(house))
