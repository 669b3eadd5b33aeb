from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import InvitationState, Role
from apps.core.secrets import hash_token
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement, Seat, SeatInvitation
from apps.methodology.services import invitations
from tests.accounts.helpers import text
from tests.factories import UserFactory, member
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.team.helpers import link, mails, url
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
GUEST = "karim@exemple.fr"


@pytest.fixture
def engagement() -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Nadia Morel")


def ask(lead: Seat, email: str = GUEST, role: SeatRole = SeatRole.MEMBER) -> SeatInvitation:
    assert lead.user
    return invitations.invite(engagement=lead.engagement, email=email, role=role, by=lead.user)[0]


def age(invitation: SeatInvitation, **ago: int) -> None:
    moved = timedelta(**ago)
    SeatInvitation.objects.filter(pk=invitation.pk).update(
        sent_at=invitation.sent_at - moved, expires_at=invitation.expires_at - moved
    )
    invitation.refresh_from_db()


# Inviting


def test_an_invitation_is_a_row_and_a_mail(client_of: ClientOf, lead: Seat, engagement: Engagement) -> None:
    page = client_of(lead.user).post(
        url("seat_invite", engagement), {"email": " Karim@Exemple.fr ", "role": "board"}, follow=True
    )
    assert "L’invitation part à karim@exemple.fr" in text(page)
    assert GUEST in text(client_of(lead.user).get(url("team", engagement)))
    invitation = SeatInvitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (GUEST, "board", lead.user)
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    [(subject, body)] = mails(GUEST)
    assert subject == f"{engagement.organisation} vous invite dans sa démarche"
    for words in ("Nadia Morel vous invite", "« Vers 2029 »", "gouvernance", "valider une étape"):
        assert words in body
    assert "vous ne verrez rien d’autre d’elle" in body
    assert not Seat.objects.exclude(pk=lead.pk).exists()


def test_only_the_hash_of_the_link_is_kept(lead: Seat) -> None:
    invitation = ask(lead)
    token = link(GUEST).split("/")[3]
    assert invitation.token_hash == hash_token(token)
    assert token not in str(SeatInvitation.objects.values())


def test_the_lead_is_told_what_somebody_from_outside_sees(
    client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    page = text(client_of(lead.user).get(url("team", engagement)))
    assert "peut ne pas être membre de l’association" in page
    assert "et rien d’autre de l’association" in page


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("", "lead", "Indiquez l’adresse"),
        ("karim", "lead", "Cette adresse est incomplète"),
        (GUEST, "", "Choisissez un rôle."),
        (GUEST, "reine", "Choisissez un rôle de la liste."),
    ],
)
def test_a_wrong_invitation_keeps_what_was_typed(
    client_of: ClientOf, lead: Seat, engagement: Engagement, email: str, role: str, words: str
) -> None:
    page = client_of(lead.user).post(url("seat_invite", engagement), {"email": email, "role": role})
    assert page.status_code == 422
    assert words in text(page)
    assert not email or f'value="{email}"' in page.content.decode()
    assert not SeatInvitation.objects.exists()


def test_the_answer_never_tells_who_has_an_account(
    client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    UserFactory.create(email="connue@exemple.fr")
    told = []
    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        page = client_of(lead.user).post(
            url("seat_invite", engagement), {"email": email, "role": "member"}, follow=True
        )
        told.append(
            text(page).partition("La démarche passe à")[0].replace(email, "x").split("Votre place")[0]
        )
        SeatInvitation.objects.all().delete()
    assert told[0] == told[1]


def test_a_seated_person_is_not_invited(client_of: ClientOf, lead: Seat, engagement: Engagement) -> None:
    seat_in(engagement, SeatRole.BOARD, email=GUEST)
    page = client_of(lead.user).post(
        url("seat_invite", engagement), {"email": "KARIM@exemple.fr", "role": "lead"}
    )
    assert page.status_code == 422
    assert "déjà dans l’équipe" in text(page)
    assert not SeatInvitation.objects.exists()


def test_a_second_click_sends_one_mail(client_of: ClientOf, lead: Seat, engagement: Engagement) -> None:
    for _ in range(2):
        page = client_of(lead.user).post(url("seat_invite", engagement), {"email": GUEST, "role": "member"})
        assert page.status_code == 302
    assert SeatInvitation.objects.count() == Email.objects.count() == 1


def test_nobody_is_invited_twice(client_of: ClientOf, lead: Seat, engagement: Engagement) -> None:
    age(ask(lead), minutes=2)
    page = client_of(lead.user).post(url("seat_invite", engagement), {"email": GUEST, "role": "member"})
    assert "déjà invitée" in text(page)
    assert SeatInvitation.objects.count() == Email.objects.count() == 1


def test_an_expired_invitation_is_renewed_by_inviting_again(lead: Seat) -> None:
    age(ask(lead), days=15)
    again = ask(lead, role=SeatRole.BOARD)
    assert SeatInvitation.objects.get() == again
    assert (again.state, again.role) == (InvitationState.PENDING, "board")


def test_fifty_invitations_a_day_for_all_the_démarches(
    client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    other, now = engagement_of(engagement.organisation), timezone.now()
    SeatInvitation.objects.bulk_create(
        SeatInvitation(
            engagement=other,
            email=f"i{n}@exemple.fr",
            role="member",
            token_hash=str(n),
            expires_at=now + timedelta(days=14),
        )
        for n in range(50)
    )
    page = client_of(lead.user).post(url("seat_invite", engagement), {"email": GUEST, "role": "lead"})
    assert "50 invitations en un jour" in text(page)
    SeatInvitation.objects.filter(email="i0@exemple.fr").update(sent_at=now - timedelta(hours=25))
    ask(lead)


def test_a_mail_that_cannot_be_queued_is_told(
    client_of: ClientOf, lead: Seat, engagement: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ValueError("no row")

    monkeypatch.setattr("apps.methodology.team.mails.row", refuse)
    page = client_of(lead.user).post(
        url("seat_invite", engagement), {"email": GUEST, "role": "lead"}, follow=True
    )
    assert "son courriel n’a pas pu être préparé" in text(page)
    assert SeatInvitation.objects.count() == 1


def test_a_closed_démarche_invites_nobody(lead: Seat) -> None:
    invitation = ask(lead)
    Engagement.objects.update(closed_at=timezone.now())
    for act in (
        lambda: ask(lead, "autre@exemple.fr"),
        lambda: invitations.resend(invitation=invitation),
        lambda: invitations.accept(invitation=invitation, by=UserFactory.create(email=GUEST)),
    ):
        with pytest.raises(Refused, match="close"):
            act()


# Sending again, taking back


def act_url(invitation: SeatInvitation) -> str:
    return url("seat_invitation_act", invitation.engagement, invitation.pk)


def test_a_second_mail_replaces_the_link(client_of: ClientOf, client: StrictClient, lead: Seat) -> None:
    invitation = ask(lead)
    old = link(GUEST)
    age(invitation, days=15)
    for _ in range(2):
        page = client_of(lead.user).post(act_url(invitation), {"act": "resend"}, follow=True)
        assert f"Un nouveau courriel part à {GUEST}." in text(page)
    assert len(mails(GUEST)) == 2
    new = link(GUEST)
    assert old != new
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_mails_are_spaced_and_counted(client_of: ClientOf, lead: Seat) -> None:
    invitation, client = ask(lead), client_of(lead.user)
    for words in ("Laissez-lui cinq minutes", *["Un nouveau courriel"] * 4, "déjà parti 5 fois"):
        assert words in text(client.post(act_url(invitation), {"act": "resend"}, follow=True))
        age(SeatInvitation.objects.get(), minutes=6)
    assert Email.objects.count() == 5


def test_a_revoked_invitation_opens_nothing(client_of: ClientOf, client: StrictClient, lead: Seat) -> None:
    invitation = ask(lead)
    for _ in range(2):
        page = client_of(lead.user).post(act_url(invitation), {"act": "revoke"}, follow=True)
        assert "est annulée" in text(page)
    closed = client.get(link(GUEST))
    assert closed.status_code == 410
    assert "Cette invitation a été annulée." in text(closed)
    with pytest.raises(Refused, match="plus en attente"):
        invitations.resend(invitation=invitation)


def test_revoking_too_late_changes_nothing(client_of: ClientOf, lead: Seat) -> None:
    invitation = ask(lead)
    invitations.accept(invitation=invitation, by=UserFactory.create(email=GUEST))
    page = client_of(lead.user).post(act_url(invitation), {"act": "revoke"}, follow=True)
    assert "a déjà répondu" in text(page)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED


def test_another_démarche_has_other_invitations(client_of: ClientOf, lead: Seat) -> None:
    elsewhere = seat_in(engagement_of())
    strange = url("seat_invitation_act", elsewhere.engagement, ask(lead).pk)
    assert client_of(elsewhere.user).post(strange, {"act": "revoke"}).status_code == 404
    assert SeatInvitation.objects.get().state == InvitationState.PENDING


# Answering


def test_opening_the_link_changes_nothing(client: StrictClient, client_of: ClientOf, lead: Seat) -> None:
    ask(lead)
    for visitor in (client, client_of(UserFactory.create(email=GUEST)), client_of(lead.user)):
        assert visitor.get(link(GUEST)).status_code in (200, 403)
        assert visitor.head(link(GUEST)).status_code in (200, 403)
    assert SeatInvitation.objects.get().state == InvitationState.PENDING
    assert Seat.objects.count() == 1


def test_the_page_says_who_what_and_what_will_be_seen(
    client: StrictClient, client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    ask(lead, role=SeatRole.OBSERVER)
    page = client.get(link(GUEST))
    for words in (
        "Vers 2029",
        "Nadia Morel vous invite",
        "Réseau qui suit",
        "jamais ce qui est écrit",
        GUEST,
    ):
        assert words in text(page)
    assert "Si vous n’en êtes pas membre" in text(page)
    assert f"?next={link(GUEST)}" in page.content.decode()
    assert "Hors de l’association" in text(client_of(UserFactory.create(email=GUEST)).get(link(GUEST)))


def test_accepting_from_outside_gives_a_seat_and_no_membership(
    client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    ask(lead, role=SeatRole.BOARD)
    guest = UserFactory.create(email=GUEST)
    client = client_of(guest)
    page = client.post(link(GUEST), {"answer": "accept"})
    assert page["Location"] == url("engagement", engagement)
    seat = Seat.objects.get(user=guest)
    assert (seat.role, seat.is_outside, seat.left_at) == ("board", True, None)
    assert not guest.memberships.exists()
    assert client.get(url("team", engagement)).status_code == 200
    again = client.post(link(GUEST), {"answer": "accept"})
    assert again.status_code == 410
    assert "Vous êtes déjà dans l’équipe." in text(again)
    assert Seat.objects.filter(user=guest).count() == 1


def test_accepting_as_a_member_gives_a_seat_that_holds_while_she_is_one(
    client_of: ClientOf, lead: Seat, engagement: Engagement
) -> None:
    ask(lead)
    guest = member(engagement.organisation, Role.STAFF, email=GUEST)
    client = client_of(guest)
    assert "vous êtes membre" in text(client.get(link(GUEST)))
    client.post(link(GUEST), {"answer": "accept"})
    assert Seat.objects.get(user=guest).is_outside is False
    guest.memberships.all().delete()
    assert client.get(url("team", engagement)).status_code == 404


def test_whoever_lost_her_membership_may_come_back_by_name(lead: Seat, engagement: Engagement) -> None:
    seat = seat_in(engagement, SeatRole.MEMBER, email=GUEST)
    assert seat.user
    seat.user.memberships.all().delete()
    back = invitations.accept(invitation=ask(lead, role=SeatRole.OBSERVER), by=seat.user)
    assert (back.pk, back.is_outside, back.role) == (seat.pk, True, "observer")


def test_accepting_twice_in_two_ways_keeps_the_role_she_has(lead: Seat, engagement: Engagement) -> None:
    invitation = ask(lead, role=SeatRole.OBSERVER)
    seat = seat_in(engagement, SeatRole.BOARD, email=GUEST)
    assert seat.user
    assert invitations.accept(invitation=invitation, by=seat.user).role == "board"


def test_declining(client_of: ClientOf, lead: Seat) -> None:
    ask(lead)
    client = client_of(UserFactory.create(email=GUEST))
    assert client.post(link(GUEST), {"answer": "decline"})["Location"] == reverse("accounts:home")
    assert Seat.objects.count() == 1
    assert "Cette invitation a été déclinée." in text(client.get(link(GUEST)))
    ask(lead)
    assert SeatInvitation.objects.count() == 2


def test_no_answer_changes_nothing(client_of: ClientOf, lead: Seat) -> None:
    ask(lead)
    client = client_of(UserFactory.create(email=GUEST))
    page = client.post(link(GUEST), {"answer": "?"}, follow=True)
    assert "Aucune réponse n’a été reçue." in text(page)
    assert SeatInvitation.objects.get().state == InvitationState.PENDING


def test_an_expired_invitation_says_what_to_do(client_of: ClientOf, lead: Seat) -> None:
    age(ask(lead), days=15)
    page = client_of(UserFactory.create(email=GUEST)).post(link(GUEST), {"answer": "accept"})
    assert page.status_code == 410
    assert "Cette invitation a expiré." in text(page)
    assert Seat.objects.count() == 1


def test_another_person_cannot_answer(client: StrictClient, client_of: ClientOf, lead: Seat) -> None:
    ask(lead)
    stranger = UserFactory.create()
    page = client_of(stranger).post(link(GUEST), {"answer": "accept"})
    assert page.status_code == 403
    assert "pour une autre adresse" in text(page)
    with pytest.raises(Refused, match="autre adresse"):
        invitations.accept(invitation=SeatInvitation.objects.get(), by=stranger)
    unverified = UserFactory.create(email=GUEST, verified=False)
    assert client_of(unverified).post(link(GUEST), {"answer": "accept"}).status_code == 403
    assert client.post(link(GUEST), {"answer": "accept"})["Location"].endswith(f"?next={link(GUEST)}")
    assert Seat.objects.count() == 1


def test_an_unknown_link_is_nowhere(client: StrictClient) -> None:
    page = client.get(reverse("method:seat_invitation", args=["inconnue"]))
    assert page.status_code == 404
    assert "Nous ne trouvons pas cette invitation." in text(page)
