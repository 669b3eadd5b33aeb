"""A funder’s programmes: opened once, edited, led by several, closed; nobody else’s."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import override_settings

from apps.accounts.models import PlatformGrant, User
from apps.core.secrets import CODE_ALPHABET
from apps.dashboards.models import Programme
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services
from tests.accounts.helpers import text
from tests.dashboards.programmes.support import (
    funder_person,
    in_programme,
    of,
    programme,
    queries,
    url,
    waiting,
)
from tests.dashboards.world import release
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
SAID = {"name": "Appuis  ruraux ", "funder_name": "Fondation des Essais", "purpose": "Choisir\r\nnos appuis."}


@pytest.fixture
def funder() -> User:
    return funder_person(full_name="Inès Prade")


@pytest.fixture
def ours(funder: User) -> Programme:
    return programme(funder)


def test_a_form_sent_twice_opens_one_programme(client_of: ClientOf, funder: User) -> None:
    client, key = client_of(funder), str(uuid4())
    for _ in range(2):
        page = client.post(url("programme_open"), {**SAID, "key": key}, follow=True)
        assert "Le programme est ouvert." in text(page)
    made = Programme.objects.get()
    assert (made.name, made.purpose) == ("Appuis ruraux", "Choisir\nnos appuis.")
    assert len(made.code) == 6
    assert set(made.code) <= set(CODE_ALPHABET)
    assert list(made.people.all()) == [funder]


def test_the_key_of_somebody_else_opens_another_programme(client_of: ClientOf, ours: Programme) -> None:
    other = funder_person()
    client_of(other).post(url("programme_open"), {**SAID, "key": str(ours.opening_key)})
    assert Programme.objects.filter(people=other).exclude(pk=ours.pk).count() == 1


@pytest.mark.parametrize("missing", ["name", "funder_name", "purpose"])
def test_a_programme_says_what_it_is_for(client_of: ClientOf, funder: User, missing: str) -> None:
    page = client_of(funder).post(url("programme_open"), {**SAID, missing: " "})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert missing == "name" or "Appuis ruraux" in page.content.decode().replace("  ", " ")
    assert not Programme.objects.exists()


def test_what_was_typed_waits_for_the_sign_in(client: StrictClient, funder: User) -> None:
    gone = client.post(url("programme_open"), SAID)
    assert gone.status_code == 302
    client.force_login(funder)
    assert "Fondation des Essais" in client.get(url("programme_open")).content.decode()


def test_editing_changes_the_words_and_keeps_the_code(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    page = client_of(funder).post(of(ours, "programme_edit"), {**SAID, "name": "Autre nom"}, follow=True)
    assert "Autre nom" in text(page)
    fresh = Programme.objects.get()
    assert (fresh.name, fresh.code) == ("Autre nom", ours.code)
    refused = client_of(funder).post(of(ours, "programme_edit"), {**SAID, "name": ""})
    assert refused.status_code == 422


def test_what_associations_agreed_to_does_not_change_under_them(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    consent = in_programme(ours)
    page = client_of(funder).get(of(ours, "programme_edit")).content.decode()
    assert page.count(" disabled") == 2
    client_of(funder).post(of(ours, "programme_edit"), {**SAID, "name": "Autre nom", "funder_name": "Autre"})
    fresh = Programme.objects.get()
    assert (fresh.name, fresh.funder_name, fresh.purpose) == ("Autre nom", ours.funder_name, ours.purpose)
    with pytest.raises(Refused, match="ouvrez un autre programme"):
        services.edit(programme=ours, name="x", funder_name="Autre", purpose=ours.purpose)
    consents.withdraw_consent(consent=consent, by=funder)
    services.edit(programme=ours, name="x", funder_name="Autre", purpose="y")
    assert Programme.objects.get().purpose == "y"


ADDRESSES = [
    ("programme", "get"),
    ("programme_follow_up", "get"),
    ("programme_edit", "get"),
    ("programme_edit", "post"),
    ("programme_invite", "get"),
    ("programme_invite", "post"),
    ("programme_person_add", "post"),
    ("programme_code", "post"),
    ("programme_close", "post"),
]


@pytest.mark.parametrize(("name", "method"), ADDRESSES)
def test_the_programme_of_another_funder_does_not_exist(
    client_of: ClientOf, ours: Programme, name: str, method: str
) -> None:
    stranger = client_of(funder_person())
    assert getattr(stranger, method)(of(ours, name), SAID).status_code == 404
    assert getattr(stranger, method)(url(name, uuid4()), SAID).status_code == 404
    fresh = Programme.objects.get(pk=ours.pk)
    assert (fresh.name, fresh.code, fresh.closed_at) == (ours.name, ours.code, None)


def test_the_invitations_of_another_funder_do_not_exist(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    theirs = waiting(programme(funder_person(), code="AUTREP"))
    for name in ("programme_invitation_resend", "programme_invitation_revoke"):
        assert client_of(funder).post(of(ours, name, theirs.pk)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.answer == ""


def test_whoever_lost_the_role_reads_nothing(client_of: ClientOf, funder: User, ours: Programme) -> None:
    PlatformGrant.objects.filter(user=funder).delete()
    assert client_of(funder).get(of(ours, "programme")).status_code == 403


def test_a_colleague_with_the_role_joins_once(client_of: ClientOf, funder: User, ours: Programme) -> None:
    colleague = funder_person()
    for _ in range(2):
        page = client_of(funder).post(
            of(ours, "programme_person_add"), {"email": f" {colleague.email.upper()}"}, follow=True
        )
        assert "tient maintenant ce programme avec vous" in text(page)
    assert client_of(colleague).get(of(ours, "programme")).status_code == 200
    assert ours.people.count() == 2


@pytest.mark.parametrize(
    ("email", "words"), [("", "Indiquez l’adresse"), ("x", "Cette adresse est incomplète")]
)
def test_a_wrong_address_stays_in_its_box(
    client_of: ClientOf, funder: User, ours: Programme, email: str, words: str
) -> None:
    page = client_of(funder).post(of(ours, "programme_person_add"), {"email": email})
    assert page.status_code == 422
    assert words in text(page)
    assert not email or f'value="{email}"' in page.content.decode()


def test_nobody_without_the_role_leads_a_programme(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    known = UserFactory.create()
    told = [
        text(client_of(funder).post(of(ours, "programme_person_add"), {"email": email})).replace(email, "x")
        for email in (known.email, "inconnue@exemple.fr")
    ]
    assert "n’a cette adresse" in told[0]
    # Nothing tells who has an account.
    assert told[0] == told[1]
    assert ours.people.count() == 1


def test_the_last_one_cannot_leave(client_of: ClientOf, funder: User, ours: Programme) -> None:
    client = client_of(funder)
    assert "Quitter le programme" not in text(client.get(of(ours, "programme_edit")))
    page = client.post(of(ours, "programme_person_remove", funder.pk), follow=True)
    assert "Personne d’autre ne tient ce programme." in text(page)
    assert ours.people.get() == funder


def test_a_colleague_who_lost_the_role_is_no_company(ours: Programme, funder: User) -> None:
    gone = funder_person()
    ours.people.add(gone)
    PlatformGrant.objects.filter(user=gone).delete()
    with pytest.raises(Refused, match="Personne d’autre"):
        services.remove_person(programme=ours, person=funder)
    services.remove_person(programme=ours, person=gone)
    assert ours.people.get() == funder


def test_leaving_twice_is_leaving_once(client_of: ClientOf, funder: User, ours: Programme) -> None:
    ours.people.add(funder_person())
    for _ in range(2):
        gone = client_of(funder).post(of(ours, "programme_person_remove", funder.pk))
        assert (gone.status_code, gone["Location"]) == (302, url("programmes"))
    assert client_of(funder).get(of(ours, "programme")).status_code == 404


def test_a_closed_programme_keeps_its_associations_and_drops_its_invitations(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    consent, asked = in_programme(ours), waiting(ours)
    client = client_of(funder)
    client.post(of(ours, "programme_close"))
    closed_at = Programme.objects.get().closed_at
    page = client.post(of(ours, "programme_close"), follow=True)
    assert "Programme clos le" in text(page)
    assert Programme.objects.get().closed_at == closed_at
    consent.refresh_from_db()
    asked.refresh_from_db()
    assert consent.is_active
    assert asked.answer == "revoked"
    assert "Ce programme est clos." in text(client.get(of(ours, "programme_invite")))


def test_the_list_holds_hers_only_with_open_ones_first(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    programme(funder_person(), code="AUTREP", name="Ailleurs")
    old = services.close(programme=programme(funder, code="CLOSPR", name="Ancien"))
    in_programme(ours)
    waiting(ours)
    page = text(client_of(funder).get(url("programmes")))
    assert "Ailleurs" not in page
    assert page.index(ours.name) < page.index(old.name)
    assert "1 association a accepté, 1 invitation attend une réponse." in page


def test_a_withdrawn_consent_is_no_longer_counted_in_the_list(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    consent = in_programme(ours)
    consents.withdraw_consent(consent=consent, by=funder)
    assert "Aucune association n’a encore accepté" in text(client_of(funder).get(url("programmes")))


def test_without_a_release_the_page_says_what_one_needs(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    page = text(client_of(funder).get(of(ours, "programme")))
    assert "Il faut au moins 13 associations qui ont accepté et terminé un diagnostic" in page
    with override_settings(RELEASE_K=15):
        assert "Il faut au moins 16 associations" in text(client_of(funder).get(of(ours, "programme")))


def test_only_published_releases_are_listed(client_of: ClientOf, funder: User, ours: Programme) -> None:
    shown = release(ours)
    drafted = release(ours, state="built", version=2)
    release()
    html = client_of(funder).get(of(ours, "programme")).content.decode()
    assert url("release", shown.slug) in html
    assert drafted.slug not in html
    assert html.count("/publications/") == 1


@pytest.mark.parametrize("name", ["programmes", "programme", "programme_edit", "programme_invite"])
def test_three_rows_cost_no_more_queries_than_one(
    client_of: ClientOf, funder: User, ours: Programme, name: str
) -> None:
    client, address = client_of(funder), url(name) if name == "programmes" else of(ours, name)
    costs = []
    for rank in range(3):
        if rank:
            programme(funder, code=f"PROGR{'ABC'[rank]}")
            ours.people.add(funder_person())
        in_programme(ours, f"Association {rank}")
        waiting(ours, f"a{rank}@exemple.fr")
        costs.append(queries(client, address))
    assert costs[0] == costs[2] <= 10
