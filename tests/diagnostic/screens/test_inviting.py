"""Inviting by mail: as a whole or not at all, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from apps.diagnostic.models import Respondent
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, invitees, text
from tests.factories import OrganisationFactory
from tests.factories.diagnostic import answer, campaign, respondent

pytestmark = pytest.mark.django_db


def test_four_people_get_a_mail_and_a_copy_each_with_her_role(place: Place) -> None:
    sent = place.client("lead").post(
        place.url("inviter/"),
        invitees(
            ("a@exemple.fr", "gouvernance"),
            ("B@Exemple.fr", "equipe"),
            ("c@exemple.fr", "referent"),
            ("d@exemple.fr", "partenaire"),
        ),
        follow=True,
    )
    assert "4 courriels partent maintenant." in text(sent)
    invited = place.campaign.respondents.exclude(pk=place.guest.pk).values_list("email", "role")
    assert set(invited) == {
        ("a@exemple.fr", "gouvernance"),
        ("b@exemple.fr", "equipe"),
        ("c@exemple.fr", "referent"),
        ("d@exemple.fr", "partenaire"),
    }
    assert sorted(m.to[0] for m in mail.outbox) == [f"{x}@exemple.fr" for x in "abcd"]
    assert "c@exemple.fr" in text(sent)
    assert "pas commencé" in text(sent)


def test_one_person_is_told_in_the_singular(place: Place) -> None:
    sent = place.client("lead").post(place.url("inviter/"), invitees(("a@exemple.fr", "equipe")), follow=True)
    assert "1 courriel part maintenant." in text(sent)


def test_a_list_pasted_in_one_line_is_several_people(place: Place) -> None:
    pasted = "Ana <ana@exemple.fr>; bob@exemple.fr, chloe@exemple.fr"
    place.client("lead").post(place.url("inviter/"), invitees((pasted, "gouvernance")))
    invited = place.campaign.respondents.filter(role="gouvernance").values_list("email", flat=True)
    assert set(invited) == {"ana@exemple.fr", "bob@exemple.fr", "chloe@exemple.fr"}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("a@exemple.fr, b@, zoé", "equipe")], "Adresses à corriger : « b@ » et « zoé »."),
        ([("a@exemple", "equipe")], "Cette adresse n’est pas complète."),
        ([("a@exemple.fr", "equipe"), ("A@exemple.fr", "equipe")], "écrite deux fois : a@exemple.fr"),
        (
            [("a@exemple.fr", "equipe"), ("lea@exemple.fr", "equipe")],
            "Déjà dans cette campagne : lea@exemple.fr.",
        ),
        ([("a@exemple.fr", "")], "Choisissez un rôle pour cette personne."),
        ([("a@exemple.fr", "roi")], "choix"),
        ([], "Aucune adresse n’est écrite"),
    ],
)
def test_what_is_wrong_is_named_nothing_is_sent_and_nothing_is_lost(
    place: Place, lines: list[tuple[str, str]], sentence: str
) -> None:
    respondent(place.campaign, email="lea@exemple.fr")
    sent = place.client("lead").post(place.url("inviter/"), invitees(*lines))
    assert sent.status_code == 422
    assert sentence in text(sent)
    for email, _ in lines:
        assert f'value="{email}"' in body(sent)
    assert (place.campaign.respondents.count(), mail.outbox) == (2, [])


def test_a_member_who_already_answers_is_not_invited_to_a_second_copy(place: Place) -> None:
    staff = place.people["staff"]
    respondent(place.campaign, user=staff)
    sent = place.client("lead").post(place.url("inviter/"), invitees((staff.email.upper(), "equipe")))
    assert f"Déjà dans cette campagne : {staff.email}." in text(sent)


def test_somebody_invited_elsewhere_may_be_invited_here(place: Place) -> None:
    respondent(campaign(OrganisationFactory.create()), email="lea@exemple.fr")
    place.client("lead").post(place.url("inviter/"), invitees(("lea@exemple.fr", "equipe")))
    assert place.campaign.respondents.filter(email="lea@exemple.fr").exists()


def test_more_lines_without_javascript(place: Place) -> None:
    client = place.client("lead")
    page = body(client.get(place.url("inviter/")))
    assert page.count('type="email"') == 4
    assert 'href="?lignes=10"' in page
    more = body(client.get(place.url("inviter/?lignes=10")))
    assert more.count('type="email"') == 10
    assert "lignes=10" not in more


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"form-TOTAL_FORMS": "mille", "form-INITIAL_FORMS": "0"},
        {
            "form-TOTAL_FORMS": "5000",
            "form-INITIAL_FORMS": "0",
            "form-0-email": "a@exemple.fr",
            "form-0-role": "equipe",
        },
    ],
)
def test_a_form_that_was_tampered_with_invites_nobody(place: Place, data: dict[str, str]) -> None:
    sent = place.client("lead").post(place.url("inviter/"), data)
    assert sent.status_code == 422
    assert 'role="alert"' in body(sent)
    assert not mail.outbox


def test_ten_megabytes_are_refused_politely(place: Place) -> None:
    huge = "a@exemple.fr, " * 800_000
    sent = place.client("lead").post(place.url("inviter/"), invitees((huge, "equipe")))
    assert sent.status_code == 400
    assert "Votre envoi est trop long." in text(sent)
    assert "ce que vous avez saisi est encore là" in text(sent)
    assert (place.campaign.respondents.count(), mail.outbox) == (1, [])


def test_a_long_list_is_refused_beside_its_line(place: Place) -> None:
    sent = place.client("lead").post(
        place.url("inviter/"), invitees((", ".join(["a@exemple.fr"] * 300), "equipe"))
    )
    assert sent.status_code == 422
    assert "2000" in text(sent)


def test_once_closed_nobody_is_invited(place: Place) -> None:
    client = place.client("lead")
    answer(place.guest)
    close_campaign(campaign=place.campaign, by=None)
    sent = client.post(place.url("inviter/"), invitees(("a@exemple.fr", "equipe")))
    assert sent.status_code == 409
    assert "vient d’être close" in text(sent)
    assert not mail.outbox


def invited(place: Place) -> Respondent:
    long_ago = timezone.now() - timedelta(hours=1)
    return respondent(place.campaign, email="lea@exemple.fr", invited_at=long_ago, token="l" * 32)


def test_a_link_is_sent_again_and_the_former_one_dies(place: Place) -> None:
    person, client = invited(place), place.client("lead")
    assert "Renvoyer le lien" in text(client.get(place.url()))
    sent = client.post(place.url(f"personnes/{person.pk}/renvoyer/"), follow=True)
    assert "l’ancien ne fonctionne plus" in text(sent)
    assert client.get(f"/diagnostic/reprendre/{'l' * 32}/").status_code == 404
    again = client.post(place.url(f"personnes/{person.pk}/renvoyer/"), follow=True)
    assert "Attendez dix minutes" in text(again)
    assert len(mail.outbox) == 1


def test_a_person_is_taken_out_and_her_link_is_dead(place: Place) -> None:
    person, client = invited(place), place.client("lead")
    sent = client.post(place.url(f"personnes/{person.pk}/retirer/"), follow=True)
    assert "ne fait plus partie de la campagne" in text(sent)
    assert client.get(f"/diagnostic/reprendre/{'l' * 32}/").status_code == 404


def test_a_person_who_answered_is_taken_out_only_when_confirmed_and_loses_access_at_once(
    place: Place,
) -> None:
    guest, client = place.client("guest"), place.client("lead")
    guest.post(place.copy_url("A1/"), {"value": "2"})
    url = place.url(f"personnes/{place.guest.pk}/retirer/")
    assert "ses réponses seraient effacées" in text(client.post(url, follow=True))
    assert guest.get(place.copy_url()).status_code == 200
    client.post(url, {"confirm": "1"})
    assert guest.get(place.copy_url()).status_code == 404
    assert guest.post(place.copy_url("A2/"), {"value": "2"}).status_code == 404
    assert guest.get(f"/diagnostic/reprendre/{place.token}/").status_code == 404
    assert client.post(url).status_code == 404
    assert client.post(place.url(f"personnes/{place.guest.pk}/renvoyer/")).status_code == 404


def test_a_person_of_another_campaign_is_not_reached_through_ones_own(place: Place) -> None:
    other = respondent(campaign(OrganisationFactory.create()), email="x@exemple.fr")
    client = place.client("lead")
    for name in ("renvoyer", "retirer"):
        assert client.post(place.url(f"personnes/{other.pk}/{name}/"), {"confirm": "1"}).status_code == 404
    assert Respondent.objects.filter(pk=other.pk).exists()
    assert not mail.outbox


def test_a_visit_never_sends_nor_removes(place: Place) -> None:
    person, client = invited(place), place.client("lead")
    for name in ("renvoyer", "retirer"):
        assert client.get(place.url(f"personnes/{person.pk}/{name}/")).status_code == 405
    client.get(place.url("inviter/"), {"form-0-email": "a@exemple.fr", "form-0-role": "equipe"})
    assert place.campaign.respondents.count() == 2
    assert not mail.outbox
