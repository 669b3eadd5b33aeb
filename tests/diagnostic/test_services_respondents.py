"""People who answer: invited, joined, back by their link, taken out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from apps.core.secrets import hash_token
from apps.diagnostic.errors import CampaignClosed, NeedsConfirmation, Refused
from apps.diagnostic.models import Respondent
from apps.diagnostic.services import (
    Invitee,
    accept_link,
    close_campaign,
    invite_respondents,
    join_campaign,
    remove_respondent,
    resend_link,
)
from apps.diagnostic.services import respondents as module
from apps.diagnostic.services.respondents import link_has_expired
from tests.diagnostic.conftest import Place
from tests.factories import UserFactory
from tests.factories.diagnostic import answer, campaign, respondent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ceilings low enough to be met."""
    monkeypatch.setattr(module, "MOST_RESPONDENTS", 7)
    monkeypatch.setattr(module, "MOST_MAILS_A_DAY", 3)


def invite(place: Place, *emails: str, role: str = "gouvernance") -> list[Respondent]:
    return invite_respondents(campaign=place.campaign, invitees=[Invitee(email, role) for email in emails])


def token_mailed() -> str:
    found = re.search(r"/diagnostic/reprendre/([\w-]+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_each_person_gets_her_copy_and_a_link_whose_secret_is_not_kept(place: Place) -> None:
    lea, max_ = invite(place, "Lea@Exemple.fr", "max@exemple.fr")
    assert [m.to for m in mail.outbox] == [["lea@exemple.fr"], ["max@exemple.fr"]]
    assert (lea.email, lea.role, lea.joined_at) == ("lea@exemple.fr", "gouvernance", None)
    assert max_.token_hash == hash_token(token_mailed())
    assert max_.expires_at is not None
    assert timedelta(days=89) < max_.expires_at - timezone.now() <= timedelta(days=90)
    assert "Les Ateliers du Canal" in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("emails", "sentence"),
    [
        (["a@exemple.fr", "b@exemple.fr", "A@exemple.fr"], "deux fois : a@exemple.fr."),
        (["a@exemple.fr", "deja@exemple.fr"], "Déjà dans cette campagne : deja@exemple.fr."),
        (["a@exemple.fr", "Membre@exemple.fr"], "Déjà dans cette campagne : membre@exemple.fr."),
        ([f"p{n}@exemple.fr" for n in range(4)], "3 courriels en vingt-quatre heures"),
        ([f"p{n}@exemple.fr" for n in range(7)], "7 personnes au plus"),
    ],
)
def test_an_invitation_is_refused_as_a_whole_with_its_reason(
    place: Place, emails: list[str], sentence: str
) -> None:
    respondent(place.campaign, email="deja@exemple.fr")
    respondent(place.campaign, user=UserFactory.create(email="membre@exemple.fr"))
    before = place.campaign.respondents.count()
    with pytest.raises(Refused) as refusal:
        invite(place, *emails)
    assert sentence in str(refusal.value).replace("\u00a0", " ")
    assert (place.campaign.respondents.count(), mail.outbox) == (before, [])


def test_the_mails_of_the_day_are_those_of_the_whole_association(place: Place) -> None:
    answer(place.guest)
    for hours in (23, 25):
        earlier = timezone.now() - timedelta(hours=hours)
        respondent(place.campaign, email=f"il-y-a-{hours}@exemple.fr", invited_at=earlier)
    close_campaign(campaign=place.campaign, by=None)
    place.campaign = campaign(place.organisation)
    invite(place, "a@exemple.fr", "b@exemple.fr")
    with pytest.raises(Refused, match="revenez demain"):
        invite(place, "c@exemple.fr")


def test_a_guest_joins_with_or_without_an_address(place: Place) -> None:
    alone = join_campaign(campaign=place.campaign, role="equipe", name="Zoé")
    assert mail.outbox == []
    assert alone.respondent.token_hash == hash_token(alone.token)
    assert alone.respondent.joined_at is not None
    mailed = join_campaign(campaign=place.campaign, role="equipe", email="Zoe@Exemple.fr")
    assert mailed.respondent.email == "zoe@exemple.fr"
    assert token_mailed() == mailed.token
    with pytest.raises(Refused, match="déjà un questionnaire"):
        join_campaign(campaign=place.campaign, role="equipe", email="ZOE@exemple.fr")


def test_a_full_campaign_takes_nobody_more(place: Place) -> None:
    for _ in range(6):
        respondent(place.campaign)
    for who in ({"user": None}, {"user": UserFactory.create()}):
        with pytest.raises(Refused, match="7 personnes au plus"):
            join_campaign(campaign=place.campaign, role="equipe", **who)  # type: ignore[arg-type]
    assert place.campaign.respondents.count() == 7


def test_joining_twice_gives_the_same_copy(place: Place) -> None:
    user = place.people["staff"]
    first = join_campaign(campaign=place.campaign, user=user, role="equipe").respondent
    again = join_campaign(campaign=place.campaign, user=user, role="partenaire").respondent
    assert (again.pk, again.role) == (first.pk, "equipe")
    assert first.name == user.full_name


def test_a_person_invited_by_mail_who_signs_in_finds_the_same_copy(place: Place) -> None:
    user = UserFactory.create(email="lea@exemple.fr")
    (invited,) = invite(place, "lea@exemple.fr")
    joined = join_campaign(campaign=place.campaign, user=user, role="equipe").respondent
    assert (joined.pk, joined.role, joined.user) == (invited.pk, "equipe", user)


def test_an_address_not_verified_opens_nobody_elses_copy(place: Place) -> None:
    (invited,) = invite(place, "lea@exemple.fr")
    impostor = UserFactory.create(email="lea@exemple.fr", verified=False)
    assert join_campaign(campaign=place.campaign, user=impostor, role="equipe").respondent != invited


def test_nobody_joins_is_invited_or_leaves_once_closed(place: Place) -> None:
    answer(place.guest)
    place.guest.email = "lea@exemple.fr"
    place.guest.save()
    close_campaign(campaign=place.campaign, by=None)
    for write in (
        lambda: invite(place, "a@exemple.fr"),
        lambda: join_campaign(campaign=place.campaign, role="equipe"),
        lambda: join_campaign(campaign=place.campaign, role="equipe", user=place.people["staff"]),
        lambda: resend_link(respondent=place.guest),
        lambda: remove_respondent(respondent=place.guest, confirmed=True),
    ):
        with pytest.raises(CampaignClosed):
            write()
    assert (place.campaign.respondents.count(), mail.outbox) == (1, [])


def test_a_link_sent_again_kills_the_former_one(place: Place) -> None:
    (invited,) = invite(place, "lea@exemple.fr")
    former = invited.token_hash
    with pytest.raises(Refused, match="dix minutes"):
        resend_link(respondent=invited)
    Respondent.objects.update(invited_at=timezone.now() - timedelta(minutes=11))
    invited.refresh_from_db()
    resend_link(respondent=invited)
    assert not Respondent.objects.filter(token_hash=former).exists()
    assert Respondent.objects.get(token_hash=hash_token(token_mailed())) == invited


def test_a_link_sent_again_counts_among_the_mails_of_the_day(place: Place) -> None:
    invite(place, "a@exemple.fr", "b@exemple.fr", "c@exemple.fr")
    old = respondent(place.campaign, email="d@exemple.fr")
    with pytest.raises(Refused, match="vingt-quatre heures"):
        resend_link(respondent=old)


def test_there_is_no_link_to_send_without_an_address(place: Place) -> None:
    with pytest.raises(Refused, match="n’a pas donné d’adresse"):
        resend_link(respondent=place.guest)


def test_a_link_expires_at_its_moment(place: Place) -> None:
    now = timezone.now()
    place.guest.expires_at = now
    assert not link_has_expired(place.guest, now)
    assert link_has_expired(place.guest, now + timedelta(seconds=1))
    place.guest.expires_at = None
    assert not link_has_expired(place.guest, now)


def test_a_link_opened_with_an_account_joins_it_with_last_years_answers(place: Place) -> None:
    user = UserFactory.create()
    answer(respondent(place.campaign, user=user), "A1", "3")
    close_campaign(campaign=place.campaign, by=None)
    now = campaign(place.organisation)
    copy = respondent(now, joined_at=None)
    accept_link(respondent=copy, user=user)
    copy.refresh_from_db()
    assert (copy.user, copy.joined_at is None) == (user, False)
    assert copy.answers.get().is_suggestion


def test_a_link_never_takes_a_copy_from_somebody_nor_gives_two(place: Place) -> None:
    owner, other = UserFactory.create(), UserFactory.create()
    hers = respondent(place.campaign, user=owner)
    accept_link(respondent=hers, user=other)
    respondent(place.campaign, user=other)
    free = respondent(place.campaign)
    accept_link(respondent=free, user=other)
    accept_link(respondent=free, user=None)
    hers.refresh_from_db()
    free.refresh_from_db()
    assert (hers.user, free.user) == (owner, None)


def test_the_link_of_a_closed_campaign_is_only_read(place: Place) -> None:
    answer(place.guest)
    close_campaign(campaign=place.campaign, by=None)
    copy = Respondent.objects.get(pk=place.guest.pk)
    accept_link(respondent=copy, user=UserFactory.create())
    copy.refresh_from_db()
    assert copy.user is None


def test_taking_out_a_person_who_answered_asks_first(place: Place) -> None:
    answer(place.guest)
    with pytest.raises(NeedsConfirmation, match="seraient effacées"):
        remove_respondent(respondent=place.guest)
    assert place.guest.answers.exists()
    remove_respondent(respondent=place.guest, confirmed=True)
    assert not place.campaign.respondents.exists()


def test_a_person_with_only_suggestions_is_taken_out_at_once(place: Place) -> None:
    answer(place.guest, suggestion=True)
    remove_respondent(respondent=place.guest)
    assert not place.campaign.respondents.exists()
