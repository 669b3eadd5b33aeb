"""Invitations by mail, several at once: each line checked, sent once, kept when refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core.secrets import hash_token
from apps.dashboards.models import Programme, ProgrammeInvitation
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.programmes.forms import MOST_LINES, Fault, Typed, read
from apps.dashboards.services import programmes as services
from tests.accounts.helpers import text
from tests.dashboards.programmes.support import MAIL, funder_person, link, mails, of, programme, waiting
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def funder() -> User:
    return funder_person(full_name="Inès Prade")


@pytest.fixture
def ours(funder: User) -> Programme:
    return programme(funder)


def send(programme_: Programme, by: User, email: str = MAIL) -> ProgrammeInvitation:
    return services.invite(programme=programme_, association="Le Relais", email=email, by=by)[0]


def age(invitation: ProgrammeInvitation, **ago: int) -> None:
    moved = timedelta(**ago)
    ProgrammeInvitation.objects.filter(pk=invitation.pk).update(
        sent_at=invitation.sent_at - moved, expires_at=invitation.expires_at - moved
    )
    invitation.refresh_from_db()


def test_each_line_is_a_row_and_a_mail(client_of: ClientOf, funder: User, ours: Programme) -> None:
    lines = f"Le Relais ; {MAIL.upper()}\r\n\r\nLa  Ruche\truche@exemple.fr\n"
    page = client_of(funder).post(of(ours, "programme_invite"), {"lines": lines}, follow=True)
    assert "2 invitations partent par courriel, et valent trente jours." in text(page)
    rows = ProgrammeInvitation.objects.order_by("pk").values_list("association", "email")
    assert list(rows) == [("Le Relais", MAIL), ("La Ruche", "ruche@exemple.fr")]
    first = ProgrammeInvitation.objects.get(email=MAIL)
    assert timedelta(days=29, hours=23) < first.expires_at - timezone.now() <= timedelta(days=30)
    assert first.invited_by == funder
    [(subject, body)] = mails(MAIL)
    assert subject == "Fondation des Essais vous invite dans « Appuis ruraux »"
    for words in (
        "propose à Le Relais",
        "Comprendre.",
        "11 associations au moins",
        "à la demande de Inès Prade",
    ):
        assert words in body


def test_only_the_hash_of_the_link_is_kept(ours: Programme, funder: User) -> None:
    made = send(ours, funder)
    token = link(MAIL).split("/")[3]
    assert made.token_hash == hash_token(token)
    assert token not in str(ProgrammeInvitation.objects.values())


def test_right_lines_leave_and_refused_ones_stay(client_of: ClientOf, funder: User, ours: Programme) -> None:
    send(ours, funder, "deja@exemple.fr")
    lines = [
        "Le Relais ; bonne@exemple.fr",
        "Sans adresse",
        "Le Pont ; pont(at)exemple.fr",
        "Le Doublon ; BONNE@exemple.fr",
        "Une autre ; deja@exemple.fr",
    ]
    page = client_of(funder).post(of(ours, "programme_invite"), {"lines": "\n".join(lines)})
    assert page.status_code == 422
    box = page.content.decode().partition("<textarea")[2].partition("</textarea>")[0]
    assert "Le Relais" not in box
    for line in lines[1:]:
        assert line in box
    said = text(page)
    assert "1 invitation part par courriel" in said
    for why in ("il y faut le nom", "mal écrite", "cette adresse est déjà plus haut", "est déjà invitée"):
        assert why in said
    assert mails("bonne@exemple.fr")
    assert ProgrammeInvitation.objects.count() == 2


def test_a_double_click_sends_one_mail(client_of: ClientOf, funder: User, ours: Programme) -> None:
    for _ in range(2):
        gone = client_of(funder).post(of(ours, "programme_invite"), {"lines": f"Le Relais ; {MAIL}"})
        assert gone.status_code == 302
    assert len(mails(MAIL)) == 1
    assert ProgrammeInvitation.objects.count() == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (" \n ", "Écrivez au moins une ligne"),
        ("\n".join(f"A{n} ; a{n}@exemple.fr" for n in range(MOST_LINES + 1)), "trop pour un seul envoi"),
        ("x" * 20_001, "trop long pour un seul envoi"),
    ],
    ids=["empty", "too many", "too long"],
)
def test_a_wrong_box_sends_nothing(
    client_of: ClientOf, funder: User, ours: Programme, lines: str, words: str
) -> None:
    page = client_of(funder).post(of(ours, "programme_invite"), {"lines": lines})
    assert page.status_code == 422
    assert words in text(page)
    assert not ProgrammeInvitation.objects.exists()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Le Relais;a@exemple.fr", ("Le Relais", "a@exemple.fr")),
        ("Le Relais ; Lyon ; a@exemple.fr", ("Le Relais", "a@exemple.fr")),
        ("Le Relais\t A@Exemple.fr ", ("Le Relais", "a@exemple.fr")),
        ("; a@exemple.fr", None),
        ("a@exemple.fr", None),
        ("Le Relais ;", None),
        (f"{'x' * 201};a@exemple.fr", None),
        (f"Le Relais;{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.fr", None),
    ],
)
def test_a_line_is_a_name_then_an_address(line: str, expected: tuple[str, str] | None) -> None:
    row = read(line)
    if expected is None:
        assert isinstance(row, Fault)
        assert row.text == line
    else:
        assert row == Typed(line, *expected)


def test_a_name_is_never_read_as_a_template_or_a_header(funder: User) -> None:
    ours = programme(funder, name="{{ 7|add:7 }} {% now 'Y' %}")
    services.invite(programme=ours, association="{{ 1 }}", email=MAIL, by=funder)
    [(subject, body)] = mails(MAIL)
    assert "{{ 7|add:7 }} {% now 'Y' %}" in subject
    assert "propose à {{ 1 }}" in body


def test_an_expired_invitation_is_renewed(ours: Programme, funder: User) -> None:
    made = send(ours, funder)
    before = link(MAIL)
    age(made, days=31)
    again = send(ours, funder)
    assert (again.pk, again.sent_count) == (made.pk, 1)
    assert link(MAIL) != before


def test_a_waiting_one_is_not_sent_over_by_a_colleague(ours: Programme, funder: User) -> None:
    send(ours, funder)
    with pytest.raises(Refused, match="déjà invitée"):
        send(ours, funder_person())
    assert len(mails(MAIL)) == 1


def test_resending_waits_five_minutes_and_stops_after_five(ours: Programme, funder: User) -> None:
    made = send(ours, funder)
    with pytest.raises(Refused, match="cinq minutes"):
        services.resend(invitation=made)
    for _ in range(4):
        age(made, minutes=6)
        assert services.resend(invitation=made)
        made.refresh_from_db()
        # The second click.
        assert services.resend(invitation=made)
    assert len(mails(MAIL)) == 5
    age(made, minutes=6)
    with pytest.raises(Refused, match="déjà parti 5 fois"):
        services.resend(invitation=made)


def test_a_new_mail_makes_the_old_link_useless(client: StrictClient, ours: Programme, funder: User) -> None:
    made = send(ours, funder)
    old = link(MAIL)
    age(made, minutes=6)
    services.resend(invitation=made)
    assert client.get(old).status_code == 404
    assert client.get(link(MAIL)).status_code == 200


def test_revoking_twice_is_revoking_once(client_of: ClientOf, funder: User, ours: Programme) -> None:
    made = send(ours, funder)
    for _ in range(2):
        page = client_of(funder).post(of(ours, "programme_invitation_revoke", made.pk), follow=True)
        assert "est annulée : son lien ne sert plus" in text(page)
    assert "Cette invitation a été annulée." in text(StrictClient().get(link(MAIL)))
    page = client_of(funder).post(of(ours, "programme_invitation_resend", made.pk), follow=True)
    assert "il n’y a rien à renvoyer" in text(page)


def test_an_answer_is_not_taken_back(client_of: ClientOf, funder: User, ours: Programme) -> None:
    made = waiting(ours, answer="declined", answered_at=timezone.now())
    page = client_of(funder).post(of(ours, "programme_invitation_revoke", made.pk), follow=True)
    assert "a déjà répondu" in text(page)
    made.refresh_from_db()
    assert made.answer == "declined"


def test_a_stolen_account_is_stopped(ours: Programme, funder: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PER_DAY", 2)
    send(ours, funder, "a@exemple.fr")
    send(programme(funder, code="AUTREP"), funder, "b@exemple.fr")
    with pytest.raises(Refused, match="reprenez demain"):
        send(ours, funder, "c@exemple.fr")
    made = ProgrammeInvitation.objects.get(email="a@exemple.fr")
    age(made, hours=25)
    send(ours, funder, "c@exemple.fr")


def test_a_closed_programme_invites_nobody(client_of: ClientOf, funder: User, ours: Programme) -> None:
    services.close(programme=ours)
    page = client_of(funder).post(of(ours, "programme_invite"), {"lines": f"Le Relais ; {MAIL}"})
    assert page.status_code == 422
    assert not mails(MAIL)
    with pytest.raises(Refused, match="clos"):
        services.renew_code(programme=ours)


def test_a_mail_that_cannot_be_prepared_is_said(
    client_of: ClientOf, funder: User, ours: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.dashboards.programmes.mails.invite", lambda *_: False)
    page = client_of(funder).post(of(ours, "programme_invite"), {"lines": f"Le Relais ; {MAIL}"}, follow=True)
    assert "leur courriel n’a pas pu être préparé" in text(page)
    assert ProgrammeInvitation.objects.filter(email=MAIL).exists()


def test_a_new_code_makes_the_old_one_useless(
    client: StrictClient, client_of: ClientOf, funder: User, ours: Programme
) -> None:
    client_of(funder).post(of(ours, "programme_code"))
    fresh = Programme.objects.get()
    assert fresh.code != ours.code
    assert client.get(f"/programmes/rejoindre/{ours.code}/").status_code == 404
    assert client.get(f"/programmes/rejoindre/{fresh.code}/").status_code == 200
