"""Names and stages, because each association agreed to them; never an answer, never a trace of who left."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.dashboards.models import Consent, Programme
from apps.dashboards.programmes.follow_up import STATES, follow_up
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services
from tests.accounts.helpers import text
from tests.dashboards.programmes.support import funder_person, in_programme, of, programme, queries, waiting
from tests.factories.diagnostic import campaign, closed_campaign
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def funder() -> User:
    return funder_person()


@pytest.fixture
def ours(funder: User) -> Programme:
    return programme(funder)


def states(of_: Programme) -> dict[str, str]:
    return {line.name: line.state for line in follow_up(of_).lines}


def closed_ago(consent: Consent, **ago: int) -> None:
    """Its diagnostic, closed this long ago."""
    made = closed_campaign(consent.organisation).campaign
    made.opened_at = made.closed_at = timezone.now() - timedelta(**ago)
    made.save()


def everybody(of_: Programme) -> None:
    in_programme(of_, "À ouvrir")
    campaign(in_programme(of_, "Commencée").organisation)
    closed_campaign(in_programme(of_, "Finie").organisation)
    past = timezone.now() - timedelta(days=1)
    waiting(of_, "a@exemple.fr", association="Invitée")
    waiting(of_, "b@exemple.fr", association="Tardive", expires_at=past)
    waiting(of_, "c@exemple.fr", association="Déclinante", answer="declined", answered_at=past)
    waiting(of_, "d@exemple.fr", association="Annulée", answer="revoked", answered_at=past)


def test_each_association_is_in_one_state(ours: Programme) -> None:
    everybody(ours)
    assert states(ours) == {
        "À ouvrir": "rejointe",
        "Commencée": "commencee",
        "Déclinante": "declinee",
        "Finie": "terminee",
        "Invitée": "invitee",
        "Tardive": "expiree",
    }
    assert list(states(ours)) == sorted(states(ours), key=lambda name: name.replace("À", "A").casefold())


def test_the_page_says_states_and_counts(client_of: ClientOf, funder: User, ours: Programme) -> None:
    everybody(ours)
    page = text(client_of(funder).get(of(ours, "programme")))
    assert "3 associations ont accepté, dont 1 avec un diagnostic terminé." in page
    for _, said in STATES.values():
        assert f"{said}, 1" in page
    assert "toutes, 6" in page
    assert "Annulée" not in page


@pytest.mark.parametrize("state", STATES)
def test_a_state_of_the_list_narrows_it(
    client_of: ClientOf, funder: User, ours: Programme, state: str
) -> None:
    everybody(ours)
    names = [name for name, its in states(ours).items() if its == state]
    page = text(client_of(funder).get(of(ours, "programme"), {"etat": state})).partition("Depuis")[2]
    assert [name for name in states(ours) if f" {name} " in page] == names


@pytest.mark.parametrize("state", ["inconnue", "terminee'", "TERMINEE", "terminee,rejointe"])
def test_any_other_state_does_not_exist(
    client_of: ClientOf, funder: User, ours: Programme, state: str
) -> None:
    for name in ("programme", "programme_follow_up"):
        assert client_of(funder).get(of(ours, name), {"etat": state}).status_code == 404


def test_a_diagnostic_counts_two_years_back_or_since_it_joined(ours: Programme) -> None:
    recent, old, before = (in_programme(ours, name) for name in ("Récente", "Ancienne", "Fidèle"))
    closed_ago(recent, days=300)
    closed_ago(old, days=3 * 366)
    # Joined three years ago, and finished its diagnostic since.
    Consent.objects.filter(pk=before.pk).update(given_at=timezone.now() - timedelta(days=3 * 366))
    closed_ago(before, days=3 * 366 - 10)
    assert states(ours) == {"Récente": "terminee", "Ancienne": "rejointe", "Fidèle": "terminee"}


def test_the_follow_up_of_a_closed_programme_stops_that_day(ours: Programme) -> None:
    ready, started = in_programme(ours, "Prête"), in_programme(ours, "Lancée")
    under_way = campaign(started.organisation)
    closed = services.close(programme=ours)
    campaign(ready.organisation)
    under_way.state, under_way.closed_at = "closed", timezone.now()
    under_way.save()
    assert states(closed) == {"Prête": "rejointe", "Lancée": "commencee"}


def test_an_accepted_invitation_is_followed_once(ours: Programme) -> None:
    asked = waiting(ours)
    in_programme(ours, "Le Relais", invitation=asked)
    assert [line.state for line in follow_up(ours).lines] == ["rejointe"]


def test_whoever_withdraws_leaves_no_trace(client_of: ClientOf, funder: User, ours: Programme) -> None:
    asked = waiting(ours, association="Le Relais du Canal")
    consent = in_programme(ours, "Le Relais du Canal", invitation=asked)
    stays = in_programme(ours, "Ici")
    closed_campaign(consent.organisation)
    consents.withdraw_consent(consent=consent, by=funder)
    client = client_of(funder)
    for name in ("programme", "programme_follow_up", "programme_invite", "programme_edit"):
        body = client.get(of(ours, name)).content.decode()
        assert "Relais" not in body
        assert asked.email not in body
    assert states(ours) == {stays.organisation.name: "rejointe"}


def test_whoever_declined_then_joined_is_followed_as_joined(ours: Programme, client_of: ClientOf) -> None:
    consent = in_programme(ours, "Ici")
    other = programme(funder_person(), code="AUTREP")
    assert consent.given_by
    waiting(other, consent.given_by.email.upper(), answer="declined", answered_at=timezone.now())
    joined = consents.give_consent(programme=other, organisation=consent.organisation, by=consent.given_by)
    assert states(other) == {"Ici": "rejointe"}
    consents.withdraw_consent(consent=joined, by=consent.given_by)
    assert states(other) == {}


def test_nothing_of_the_content_is_shown(client_of: ClientOf, funder: User, ours: Programme) -> None:
    told = []
    for value in ("0", "3"):
        consent = in_programme(ours, "Ici", report_given=True)
        closed_campaign(consent.organisation, value=value, people=3 + int(value))
        pages = [text(client_of(funder).get(of(ours, name))) for name in ("programme", "programme_edit")]
        told.append((pages, client_of(funder).get(of(ours, "programme_follow_up")).content))
        Consent.objects.all().delete()
    # Whatever was answered, by whoever: the same bytes.
    assert told[0] == told[1]


def test_the_file_is_what_the_page_shows_and_never_a_formula(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    in_programme(ours, "=1+1")
    waiting(ours, "a@exemple.fr", association="@SOMME(A1)")
    sent = client_of(funder).get(of(ours, "programme_follow_up"))
    assert sent["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in sent["Content-Disposition"]
    assert "no-store" in sent["Cache-Control"]
    body = sent.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body), delimiter=";"))
    today = timezone.localdate().isoformat()
    assert rows[1:] == [
        ["'=1+1", "diagnostic à ouvrir", today, "a rejoint", ""],
        ["'@SOMME(A1)", "invitée, sans réponse", today, "invitée", "a@exemple.fr"],
    ]
    narrowed = client_of(funder).get(of(ours, "programme_follow_up"), {"etat": "invitee"})
    assert "=1+1" not in narrowed.content.decode()


def test_a_long_list_comes_a_hundred_at_a_time(client_of: ClientOf, funder: User, ours: Programme) -> None:
    for rank in range(101):
        waiting(ours, f"a{rank}@exemple.fr", association=f"Association {rank:03d}")
    client = client_of(funder)
    first, second = (text(client.get(of(ours, "programme"), {"page": n})) for n in (1, 2))
    assert "Page 1 sur 2" in first
    assert "Association 099" in first
    assert "Association 100" not in first
    assert "Association 100" in second


def test_three_associations_cost_no_more_queries_than_one(
    client_of: ClientOf, funder: User, ours: Programme
) -> None:
    client, costs = client_of(funder), []
    for _ in range(3):
        campaign(in_programme(ours).organisation)
        costs.append(queries(client, of(ours, "programme_follow_up")))
    assert costs[0] == costs[2] <= 10
