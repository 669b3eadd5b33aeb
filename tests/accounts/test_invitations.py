from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import InvitationState, Role
from apps.accounts.models import Invitation, Membership, Organisation, User
from apps.accounts.services.invitations import (
    InvitationRefusedError,
    accept_invitation,
    decline_invitation,
    invite_member,
    resend_invitation,
    revoke_invitation,
)
from apps.core.secrets import hash_token
from tests.accounts.helpers import PASSWORD, last_mail, mailed_code, mailed_path, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
GUEST = "karim@exemple.fr"


@pytest.fixture
def admin() -> User:
    return member(OrganisationFactory.create(name="Le Relais"), full_name="Nadia Morel")


@pytest.fixture
def organisation(admin: User) -> Organisation:
    return admin.organisations.get()


def invite(admin: User, email: str = GUEST, role: Role = Role.LEAD) -> Invitation:
    return invite_member(organisation=admin.organisations.get(), email=email, role=role, by=admin)[0]


def age(invitation: Invitation, **ago: int) -> None:
    moved = timedelta(**ago)
    Invitation.objects.filter(pk=invitation.pk).update(
        sent_at=invitation.sent_at - moved, expires_at=invitation.expires_at - moved
    )
    invitation.refresh_from_db()


def create_url(organisation: Organisation) -> str:
    return reverse("accounts:invitation_create", args=[organisation.pk])


# Inviting


def test_an_invitation_is_a_row_and_a_mail(
    client_of: ClientOf, admin: User, organisation: Organisation
) -> None:
    page = client_of(admin).post(
        create_url(organisation), {"email": " Karim@Exemple.fr ", "role": "lead"}, follow=True
    )
    assert "L’invitation part à karim@exemple.fr" in text(page)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (GUEST, Role.LEAD, admin)
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    mail = last_mail(GUEST)
    assert mail.subject == "Le Relais vous invite"
    assert "Nadia Morel vous invite à rejoindre l’espace du Relais sur Trajectoires" in mail.message
    assert "référente ou référent" in mail.message
    assert not mail.html_message
    assert GUEST in text(page)


def test_only_the_hash_of_the_link_is_kept(admin: User) -> None:
    invitation = invite(admin)
    token = mailed_path(GUEST).split("/")[2]
    assert invitation.token_hash == hash_token(token)
    assert token not in str(Invitation.objects.values())


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("", "lead", "Indiquez l’adresse"),
        ("karim", "lead", "Cette adresse est incomplète"),
        ("a@b", "lead", "Cette adresse est incomplète"),
        (GUEST, "", "Choisissez un rôle."),
        (GUEST, "reine", "Choisissez un rôle de la liste."),
    ],
)
def test_a_wrong_invitation_keeps_what_was_typed(
    client_of: ClientOf, admin: User, organisation: Organisation, email: str, role: str, words: str
) -> None:
    page = client_of(admin).post(create_url(organisation), {"email": email, "role": role})
    assert page.status_code == 422
    assert words in text(page)
    assert not email or f'value="{email}"' in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited(client_of: ClientOf, admin: User, organisation: Organisation) -> None:
    member(organisation, Role.STAFF, email=GUEST)
    page = client_of(admin).post(create_url(organisation), {"email": "KARIM@exemple.fr", "role": "lead"})
    assert "déjà membre" in text(page)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice(client_of: ClientOf, admin: User, organisation: Organisation) -> None:
    for _ in range(2):
        page = client_of(admin).post(create_url(organisation), {"email": GUEST, "role": "lead"})
    assert "déjà invitée" in text(page)
    assert Invitation.objects.count() == Email.objects.count() == 1


def test_an_expired_invitation_is_renewed_by_inviting_again(admin: User) -> None:
    age(invite(admin), days=15)
    again = invite(admin, role=Role.STAFF)
    assert Invitation.objects.get() == again
    assert (again.state, again.role) == (InvitationState.PENDING, Role.STAFF)


def test_whoever_declined_may_be_invited_again(admin: User) -> None:
    decline_invitation(invitation=invite(admin), by=UserFactory.create(email=GUEST))
    invite(admin)
    assert Invitation.objects.count() == 2


def test_fifty_invitations_a_day(client_of: ClientOf, admin: User, organisation: Organisation) -> None:
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            organisation=organisation,
            email=f"i{n}@exemple.fr",
            role=Role.STAFF,
            token_hash=str(n),
            expires_at=now + timedelta(days=14),
        )
        for n in range(50)
    )
    assert "50 invitations en un jour" in text(
        client_of(admin).post(create_url(organisation), {"email": GUEST, "role": "lead"})
    )
    Invitation.objects.filter(email="i0@exemple.fr").update(sent_at=now - timedelta(hours=25))
    assert (
        client_of(admin).post(create_url(organisation), {"email": GUEST, "role": "lead"}).status_code == 302
    )


def test_a_mail_that_cannot_be_queued_is_told(
    client_of: ClientOf, admin: User, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> None:
        raise ValueError("no row")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    page = client_of(admin).post(create_url(organisation), {"email": GUEST, "role": "lead"}, follow=True)
    assert "son courriel n’a pas pu être préparé" in text(page)
    assert Invitation.objects.count() == 1


# Sending again, taking back


def manage(name: str, invitation: Invitation) -> str:
    return reverse(f"accounts:invitation_{name}", args=[invitation.organisation_id, invitation.pk])


def test_a_second_mail_replaces_the_link(client_of: ClientOf, client: StrictClient, admin: User) -> None:
    invitation = invite(admin)
    old = mailed_path(GUEST)
    age(invitation, days=15)
    page = client_of(admin).post(manage("resend", invitation), follow=True)
    assert f"Un nouveau courriel part à {GUEST}." in text(page)
    new = mailed_path(GUEST)
    assert old != new
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_mails_are_spaced_and_counted(client_of: ClientOf, admin: User) -> None:
    invitation, client = invite(admin), client_of(admin)
    assert "Laissez-lui cinq minutes" in text(client.post(manage("resend", invitation), follow=True))
    for _ in range(4):
        age(Invitation.objects.get(), minutes=6)
        client.post(manage("resend", invitation))
    age(Invitation.objects.get(), minutes=6)
    assert "déjà parti 5 fois" in text(client.post(manage("resend", invitation), follow=True))
    assert Email.objects.count() == 5


def test_an_answered_invitation_is_not_sent_again(admin: User) -> None:
    invitation = invite(admin)
    accept_invitation(invitation=invitation, by=UserFactory.create(email=GUEST))
    with pytest.raises(InvitationRefusedError, match="plus en attente"):
        resend_invitation(invitation=invitation)


def test_a_revoked_invitation_opens_nothing(client_of: ClientOf, client: StrictClient, admin: User) -> None:
    invitation = invite(admin)
    page = client_of(admin).post(manage("revoke", invitation), follow=True)
    assert "est annulée" in text(page)
    closed = client.get(mailed_path(GUEST))
    assert closed.status_code == 410
    assert "Cette invitation a été annulée." in text(closed)
    assert client_of(admin).post(manage("resend", invitation)).status_code == 404


def test_revoking_too_late_changes_nothing(admin: User) -> None:
    invitation = invite(admin)
    accept_invitation(invitation=invitation, by=UserFactory.create(email=GUEST))
    revoke_invitation(invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ACCEPTED


@pytest.mark.parametrize("role", [Role.LEAD, Role.BOARD, Role.STAFF])
@pytest.mark.parametrize("name", ["create", "resend", "revoke"])
def test_only_admins_invite(
    client_of: ClientOf, admin: User, organisation: Organisation, role: str, name: str
) -> None:
    address = create_url(organisation) if name == "create" else manage(name, invite(admin))
    assert client_of(member(organisation, role)).post(address).status_code == 403
    assert client_of(member(OrganisationFactory.create())).post(address).status_code == 404


# Answering


def test_opening_the_link_changes_nothing(client: StrictClient, client_of: ClientOf, admin: User) -> None:
    invite(admin)
    for visitor in (client, client_of(UserFactory.create(email=GUEST)), client_of(admin)):
        assert visitor.get(mailed_path(GUEST)).status_code in (200, 403)
        assert visitor.head(mailed_path(GUEST)).status_code in (200, 403, 405)
    assert Invitation.objects.get().state == InvitationState.PENDING
    assert Membership.objects.count() == 1


def test_the_page_says_who_what_and_which_role(client: StrictClient, admin: User) -> None:
    invite(admin)
    page = client.get(mailed_path(GUEST))
    for words in (
        "Le Relais vous invite.",
        "Nadia Morel",
        "Référente ou référent",
        "conduit les campagnes",
        GUEST,
    ):
        assert words in text(page)
    assert "no-store" in page["Cache-Control"]
    assert f"?next={mailed_path(GUEST)}" in page.content.decode()


def test_accepting_makes_a_member_once(client_of: ClientOf, admin: User, organisation: Organisation) -> None:
    invite(admin)
    guest = UserFactory.create(email=GUEST)
    client = client_of(guest)
    page = client.post(mailed_path(GUEST), {"answer": "accept"}, follow=True)
    assert "vous êtes maintenant membre du Relais." in text(page)
    assert Membership.objects.get(user=guest).role == Role.LEAD
    guest.refresh_from_db()
    assert guest.current_organisation == organisation
    again = client.get(mailed_path(GUEST))
    assert again.status_code == 410
    assert "Vous êtes déjà membre du Relais." in text(again)
    assert client.post(mailed_path(GUEST), {"answer": "accept"}).status_code == 410
    assert Membership.objects.filter(user=guest).count() == 1


def test_a_used_invitation_says_so_to_others(client: StrictClient, admin: User) -> None:
    accept_invitation(invitation=invite(admin), by=UserFactory.create(email=GUEST))
    assert "Cette invitation a déjà servi." in text(client.get(mailed_path(GUEST)))


def test_declining(client_of: ClientOf, admin: User) -> None:
    invite(admin)
    client = client_of(UserFactory.create(email=GUEST))
    assert "vous ne rejoignez pas Le Relais" in text(
        client.post(mailed_path(GUEST), {"answer": "decline"}, follow=True)
    )
    assert Membership.objects.count() == 1
    assert "Cette invitation a été déclinée." in text(client.get(mailed_path(GUEST)))


def test_no_answer_changes_nothing(client_of: ClientOf, admin: User) -> None:
    invite(admin)
    client = client_of(UserFactory.create(email=GUEST))
    assert "Aucune réponse n’a été reçue." in text(
        client.post(mailed_path(GUEST), {"answer": "?"}, follow=True)
    )
    assert Invitation.objects.get().state == InvitationState.PENDING


def test_an_expired_invitation_says_what_to_do(client_of: ClientOf, admin: User) -> None:
    age(invite(admin), days=15)
    client = client_of(UserFactory.create(email=GUEST))
    for page in (client.get(mailed_path(GUEST)), client.post(mailed_path(GUEST), {"answer": "accept"})):
        assert page.status_code == 410
        assert "Cette invitation a expiré." in text(page)
        assert "d’en renvoyer une" in text(page)
    assert Membership.objects.count() == 1


def test_an_unknown_link_says_what_to_do(client: StrictClient) -> None:
    page = client.get(reverse("accounts:invitation", args=["n-importe-quoi"]))
    assert page.status_code == 404
    assert "seul le lien du dernier courriel fonctionne" in text(page)


def test_another_address_is_told_clearly(client_of: ClientOf, admin: User) -> None:
    invite(admin)
    other = UserFactory.create(email="autre@exemple.fr")
    client = client_of(other)
    for page in (client.get(mailed_path(GUEST)), client.post(mailed_path(GUEST), {"answer": "accept"})):
        assert page.status_code == 403
        assert "pour une autre adresse que la vôtre" in text(page)
        assert "autre@exemple.fr" in text(page)
    assert not Membership.objects.filter(user=other).exists()


def test_an_unverified_address_proves_nothing(client_of: ClientOf, admin: User) -> None:
    invite(admin)
    client = client_of(UserFactory.create(email=GUEST, verified=False))
    assert client.post(mailed_path(GUEST), {"answer": "accept"}).status_code == 403


def test_a_visitor_who_answers_is_sent_to_sign_in_and_back(client: StrictClient, admin: User) -> None:
    invite(admin)
    sent = client.post(mailed_path(GUEST), {"answer": "accept"})
    assert sent["Location"] == f"{reverse('account_login')}?next={mailed_path(GUEST)}"


def test_a_newcomer_signs_up_and_comes_back(client: StrictClient, admin: User) -> None:
    invite(admin)
    path = mailed_path(GUEST)
    sign_up = f"{reverse('account_signup')}?next={path}&email={GUEST}"
    assert f'value="{GUEST}"' in client.get(sign_up).content.decode()
    typed = {"full_name": "Karim Diallo", "email": GUEST, "password1": PASSWORD, "next": path}
    client.post(reverse("account_signup"), typed)
    back = client.post(reverse("account_email_verification_sent"), {"code": mailed_code(GUEST)})
    assert back["Location"] == path
    assert "Rejoindre l’association" in text(client.get(path))


def test_services_refuse_what_pages_do_not_offer(admin: User) -> None:
    invitation = invite(admin)
    with pytest.raises(InvitationRefusedError, match="autre adresse"):
        accept_invitation(invitation=invitation, by=admin)
    revoke_invitation(invitation=invitation)
    with pytest.raises(InvitationRefusedError, match="plus recevoir de réponse"):
        decline_invitation(invitation=invitation, by=UserFactory.create(email=GUEST))


def test_a_member_who_accepts_keeps_her_role(admin: User, organisation: Organisation) -> None:
    invitation = invite(admin)
    guest = member(organisation, Role.BOARD, email=GUEST)
    assert accept_invitation(invitation=invitation, by=guest).role == Role.BOARD


# From the space


def test_pending_invitations_are_answered_from_the_space(client_of: ClientOf, admin: User) -> None:
    invitation = invite(admin)
    guest = UserFactory.create(email=GUEST)
    client = client_of(guest)
    assert "Le Relais" in text(client.get(reverse("accounts:home")))
    client.post(reverse("accounts:invitation_answer", args=[invitation.pk]), {"answer": "accept"})
    assert Membership.objects.filter(user=guest).exists()


@pytest.mark.parametrize("email", ["autre@exemple.fr", GUEST])
def test_nobody_answers_for_someone_else(client_of: ClientOf, admin: User, email: str) -> None:
    invitation = invite(admin)
    client = client_of(UserFactory.create(email=email, verified=email != GUEST))
    assert (
        client.post(
            reverse("accounts:invitation_answer", args=[invitation.pk]), {"answer": "accept"}
        ).status_code
        == 404
    )


def test_an_answer_given_twice_at_once_is_refused_clearly(
    client_of: ClientOf, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(admin)

    def late(**kwargs: Any) -> None:
        raise InvitationRefusedError("Cette invitation ne peut plus recevoir de réponse.")

    monkeypatch.setattr("apps.accounts.views.answers.accept_invitation", late)
    page = client_of(UserFactory.create(email=GUEST)).post(
        mailed_path(GUEST), {"answer": "accept"}, follow=True
    )
    assert "ne peut plus recevoir de réponse" in text(page)
