"""Demonstration data: invented, marked, at every stage, and the same at each run."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone
from post_office.models import Email

from apps.accounts.enums import PlatformRole, Role
from apps.accounts.models import Membership, Organisation, PlatformGrant, User
from apps.agenda import rules
from apps.agenda.models import Registration, Session
from apps.course.models import (
    Debate,
    ExerciseAnswer,
    Group,
    GroupMember,
    Learner,
    Progress,
    QuizTry,
    Statement,
)
from apps.demo.seed import description, seed
from apps.diagnostic.enums import AnswerValue, CampaignState
from apps.diagnostic.models import Answer, Campaign, FinanceYear, Respondent, Result
from apps.ledger.models import AccountLine, Correction, Exercise, Import, NatureAmount
from apps.methodology.models import (
    Card,
    Change,
    Comment,
    CrossedDiagnostic,
    Decision,
    Dot,
    Engagement,
    Field,
    Item,
    Mention,
    Participant,
    Pile,
    ScenarioVote,
    Seat,
    Signature,
    SignedNote,
    StepState,
    Validation,
    Workshop,
)
from tests.factories import OrganisationFactory, UserFactory, agenda
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
KEPT: tuple[type[Model], ...] = (
    Organisation,
    User,
    Membership,
    PlatformGrant,
    EmailAddress,
    Authenticator,
    Campaign,
    Respondent,
    Answer,
)
KEPT += (FinanceYear, Result, Email, Session, Registration)
KEPT += (Engagement, Seat, StepState, Validation, SignedNote, Signature, CrossedDiagnostic)
KEPT += (Item, Field, Change, Comment, Mention, Decision, Workshop, Participant, Pile, Card, Dot)
KEPT += (Import, Exercise, AccountLine, NatureAmount, Correction)
KEPT += (ScenarioVote,)
KEPT += (Learner, Progress, QuizTry, ExerciseAnswer, Statement, Group, GroupMember, Debate)


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in KEPT}


def demo(name: str) -> Organisation:
    return Organisation.objects.get(name=name, is_demo=True)


def test_a_second_run_changes_nothing() -> None:
    seed()
    before = everything()
    seed()
    assert everything() == before


def test_everything_is_marked_and_nothing_real_is_touched() -> None:
    real, person = OrganisationFactory.create(name="Les Ateliers du Canal"), UserFactory.create()
    seed()
    made = Organisation.objects.exclude(pk=real.pk)
    assert made.count() == 6
    assert all(row.is_demo for row in made)
    assert all(user.is_demo for user in User.objects.exclude(pk=person.pk))
    assert all(campaign.is_demo for campaign in Campaign.objects.all())
    assert all(engagement.is_demo for engagement in Engagement.objects.all())
    real.refresh_from_db()
    assert not real.is_demo
    assert not real.campaigns.exists()


def test_no_association_of_the_world_is_described() -> None:
    """Invented names, no number of a register, and addresses of a domain that can belong to nobody (RFC 2606)."""
    seed()
    assert not Organisation.objects.exclude(siren="", siret="", rna="").exists()
    addresses = {
        *User.objects.values_list("email", flat=True),
        *Respondent.objects.values_list("email", flat=True),
        *Registration.objects.values_list("email", flat=True),
    }
    assert {address.partition("@")[2] for address in addresses if address} == {"demo.example"}
    assert {mail.to[0].partition("@")[2] for mail in Email.objects.all()} <= {"demo.example"}


def test_there_is_one_account_a_role_and_each_opens_with_the_printed_password() -> None:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    printed = out.getvalue()
    password = description()["password"]
    assert f"mot de passe : {password}" in printed
    for user in User.objects.all():
        assert user.email in printed
        assert user.check_password(password)
        assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()
    for label in (*Role.labels, *PlatformRole.labels, "sans organisation"):
        assert label in printed
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(PlatformGrant.objects.values_list("role", flat=True)) == set(PlatformRole.values)


def test_platform_accounts_have_their_second_factor_and_one_administers() -> None:
    seed()
    for grant in PlatformGrant.objects.select_related("user"):
        assert Authenticator.objects.filter(user=grant.user, type=Authenticator.Type.TOTP).count() == 1
    assert [user.email for user in User.objects.filter(is_staff=True)] == ["exploitation@demo.example"]
    assert User.objects.filter(is_superuser=True).count() == 1


def test_whoever_belongs_to_an_association_works_for_it_at_once(client: StrictClient) -> None:
    seed()
    client.force_login(User.objects.get(email="referente@demo.example"))
    assert "<h1>Les Ateliers du Canal</h1>" in client.get("/espace/").content.decode()
    client.force_login(User.objects.get(email="nouvelle@demo.example"))
    assert "Bienvenue dans votre espace" in client.get("/espace/").content.decode()


def test_there_is_an_association_at_each_stage() -> None:
    seed()
    assert not demo("Bibliothèque sur Roues").campaigns.exists()
    started = demo("La Marmite Solidaire").campaigns.get()
    people = started.respondents.all()
    assert started.state == CampaignState.OPEN
    assert people.filter(finished_at=None, joined_at__isnull=False).count() == 2
    assert people.filter(joined_at=None).count() == 2
    finished = demo("Jardins Partagés des Coteaux").campaigns.get()
    assert finished.state == CampaignState.OPEN
    assert not finished.respondents.filter(finished_at=None).exists()
    alone = demo("Cap Numérique Réunion").campaigns.get()
    assert (alone.state, alone.respondents.count()) == (CampaignState.CLOSED, 1)
    crowd = demo("Compagnie du Grand Pré").campaigns.get()
    assert (crowd.state, crowd.respondents.count(), crowd.finances.count()) == (CampaignState.CLOSED, 12, 3)


def test_one_association_has_a_year_to_compare_with() -> None:
    seed()
    last, first = demo("Les Ateliers du Canal").campaigns.order_by("-opened_at")
    assert last.previous == first
    assert Result.objects.filter(campaign__in=[first, last]).count() == 2
    assert first.opened_at < first.closed_at < last.opened_at < last.closed_at  # type: ignore[operator]


def test_answers_are_those_of_the_scale_and_spread() -> None:
    seed()
    values = set(Answer.objects.values_list("value", flat=True))
    assert values == set(AnswerValue.values)
    for respondent in Respondent.objects.exclude(finished_at=None).prefetch_related("answers"):
        assert respondent.answers.count() == 36
        assert respondent.joined_at is not None
        assert respondent.finished_at > respondent.joined_at  # type: ignore[operator]


def test_the_lead_answers_under_her_own_account() -> None:
    seed()
    lead = User.objects.get(email="referente@demo.example")
    copies = Respondent.objects.filter(user=lead)
    assert {copy.campaign.organisation.name for copy in copies} == {"Les Ateliers du Canal"}
    assert copies.count() == 2


def test_a_changed_password_and_a_lost_second_factor_come_back() -> None:
    data = seed()
    user = User.objects.get(email="exploitation@demo.example")
    user.set_password("tout autre chose")
    user.save()
    Authenticator.objects.filter(user=user).delete()
    seed()
    user.refresh_from_db()
    assert user.check_password(data["password"])
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_the_agenda_has_two_sessions_to_come_and_one_gone_by(client: StrictClient) -> None:
    seed()
    now = timezone.now()
    gone, *coming = Session.objects.order_by("starts_at")
    days = [rules.local(row.starts_at).date() for row in coming]
    assert days == rules.next_thursdays(now, 2)
    assert gone.is_over(now)
    assert all(row.is_demo and not row.is_draft and row.goals.exists() for row in (gone, *coming))
    assert len({row.title for row in (gone, *coming)}) == 3
    assert all(row.registrations.exists() for row in coming)
    assert "démonstration" in client.get("/s-informer/").content.decode()


def test_a_real_session_keeps_its_thursday() -> None:
    day = rules.next_thursdays(timezone.now(), 1)[0]
    real = agenda.session(day, title="La vraie")
    seed()
    assert Session.objects.get(starts_at=real.starts_at) == real
    assert Session.objects.filter(is_demo=True).count() == 2


def test_months_later_the_agenda_is_filled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seed()
    later = timezone.now() + timedelta(days=100)
    monkeypatch.setattr("apps.demo.agenda.timezone.now", lambda: later)
    seed()
    assert Session.objects.filter(starts_at__gt=later).count() == 2


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("apps.demo.seed.campaign", fail)
    with pytest.raises(RuntimeError):
        seed()
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_production_refuses_it(settings: Any) -> None:
    settings.DEV_PAGES = False
    with pytest.raises(CommandError, match="ne se chargent pas en production"):
        call_command("seed_demo")
    assert not User.objects.exists()
