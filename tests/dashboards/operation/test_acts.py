"""What an operator does: ask, publish, set aside, start again, run the attacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.operation.forms import BuildForm, ended_quarters
from apps.dashboards.quarters import Quarter
from tests.dashboards import world
from tests.dashboards.operation.support import HERE, attack, audited, draft, url, waiting
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db
PUBLISH = "publier/"
TICKED = {"sure": "on"}


@pytest.fixture(name="person")
def make_person() -> User:
    return platform_person(PlatformRole.OPERATOR)


@pytest.fixture(name="operator")
def make_operator(person: User, client_of: Callable[..., StrictClient]) -> StrictClient:
    return client_of(person)


def again(release: Release) -> Release:
    return Release.objects.get(pk=release.pk)


def ended() -> Quarter:
    from django.utils import timezone

    return ended_quarters(timezone.localdate())[0]


def ask(operator: StrictClient, **fields: str) -> Any:
    return operator.post(f"{HERE}construire/", {"scope": "national", "quarter": ended().slug, **fields})


def test_a_release_is_asked_for_and_followed(operator: StrictClient, person: User) -> None:
    answer = ask(operator)
    made = Release.objects.get()
    assert (answer.status_code, answer.url) == (302, url(made))
    assert (made.quarter, made.programme, made.requested_by) == (ended(), None, person)
    assert made.state == ReleaseState.REQUESTED


def test_a_release_of_a_programme_is_asked_for(operator: StrictClient) -> None:
    of = world.programme()
    assert ask(operator, scope=str(of.pk)).status_code == 302
    assert Release.objects.get().programme == of


def test_asked_twice_there_is_one(operator: StrictClient) -> None:
    assert ask(operator).url == ask(operator).url
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scope": "ailleurs"}, "Ce programme est clos"),
        ({"scope": ""}, "Choisissez une portée."),
        ({"quarter": "2031-t1"}, "Ce trimestre n’est pas fini"),
        ({"quarter": ""}, "Choisissez un trimestre."),
    ],
)
def test_what_cannot_be_built_is_refused_with_its_reason(
    operator: StrictClient, fields: dict[str, str], said: str
) -> None:
    answer = ask(operator, **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Release.objects.exists()


def test_a_refused_form_keeps_what_was_chosen(operator: StrictClient) -> None:
    of = world.programme()
    shown = ask(operator, scope=str(of.pk), quarter="2031-t1").content.decode()
    assert f'<option value="{of.pk}" selected' in shown


def test_a_form_says_what_it_chose() -> None:
    of = world.programme()
    form = BuildForm([of], {"scope": str(of.pk), "quarter": ended().slug})
    assert form.is_valid()
    assert (form.programme, form.chosen_quarter) == (of, ended())


def test_nothing_is_published_without_the_tick(operator: StrictClient) -> None:
    made = draft()
    answer = operator.post(url(made, PUBLISH))
    assert answer.status_code == 422
    assert "rien n’est encore publié" in answer.content.decode()
    assert again(made).state == ReleaseState.BUILT


def test_a_release_is_published_by_somebody(operator: StrictClient, person: User) -> None:
    made = draft()
    answer = operator.post(url(made, PUBLISH), TICKED, follow=True)
    assert "C’est publié" in answer.content.decode()
    published = again(made)
    assert (published.state, published.published_by) == (ReleaseState.PUBLISHED, person)


def test_published_twice_is_published_once(
    operator: StrictClient, client_of: Callable[..., StrictClient]
) -> None:
    made = draft()
    operator.post(url(made, PUBLISH), TICKED)
    first = again(made)
    other = client_of(platform_person(PlatformRole.OPERATOR))
    answer = other.post(url(made, PUBLISH), TICKED, follow=True)
    assert "était déjà parue" in answer.content.decode()
    second = again(made)
    assert (second.published_at, second.published_by) == (first.published_at, first.published_by)


def leaking() -> Release:
    made = draft()
    audited(made, attack("A2", "Une case est retrouvée."))
    return made


def never_audited() -> Release:
    made = draft()
    made.audits.all().delete()
    return made


BLOCKED: dict[str, tuple[Callable[[], Release], str]] = {
    "leaking": (leaking, "Le dernier contrôle a trouvé une attaque qui réussit"),
    "never audited": (never_audited, "Aucun contrôle n’a été fait"),
    "refused": (lambda: draft(refusal="Trop peu d’associations."), "Trop peu d’associations."),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_a_release_that_is_not_clean_has_a_dead_button_and_a_reason(
    operator: StrictClient, case: str
) -> None:
    make, why = BLOCKED[case]
    made = make()
    shown = operator.get(url(made)).content.decode()
    assert why in shown
    assert 'type="button" disabled>Publier' in shown
    answer = operator.post(url(made, PUBLISH), TICKED)
    assert answer.status_code == 409
    assert again(made).state == ReleaseState.BUILT


@pytest.mark.parametrize(
    "state", [ReleaseState.REQUESTED, ReleaseState.BUILDING, ReleaseState.FAILED, ReleaseState.SET_ASIDE]
)
def test_what_is_not_built_cannot_be_published(operator: StrictClient, state: str) -> None:
    made = waiting(state)
    assert operator.post(url(made, PUBLISH), TICKED).status_code == 409
    assert again(made).state == state


@pytest.mark.parametrize("state", [ReleaseState.BUILT, ReleaseState.FAILED, ReleaseState.BUILDING])
def test_a_draft_is_set_aside_once(operator: StrictClient, state: str) -> None:
    made = waiting(state)
    for _ in range(2):
        answer = operator.post(url(made, "ecarter/"), follow=True)
        assert "C’est écarté" in answer.content.decode()
        assert again(made).state == ReleaseState.SET_ASIDE


def test_a_published_release_stays_published(operator: StrictClient) -> None:
    made = world.release()
    answer = operator.post(url(made, "ecarter/"), follow=True)
    assert "une publication ne change plus" in answer.content.decode()
    assert again(made).state == ReleaseState.PUBLISHED


def test_a_failed_build_starts_again(operator: StrictClient) -> None:
    made = waiting(ReleaseState.FAILED, error="Une panne.", attempts=3)
    answer = operator.post(url(made, "relancer/"), follow=True)
    assert "relancée" in answer.content.decode()
    assert again(made).state == ReleaseState.REQUESTED
    answer = operator.post(url(made, "relancer/"), follow=True)
    assert "n’est plus en échec" in answer.content.decode()


def test_attacks_run_again_once_for_two_presses(
    operator: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apps.dashboards.operation import acts

    def run(release: Release) -> AuditRun:
        return audited(release, attack("A2", "Une case est retrouvée."))

    monkeypatch.setattr(acts.audits, "audit", run)
    made = draft()
    seen = {"seen": str(made.audits.get().pk)}
    for _ in range(2):
        answer = operator.post(url(made, "controler/"), seen, follow=True)
        assert "1\xa0attaque qui réussit" in answer.content.decode()
        assert made.audits.count() == 2


def test_what_is_not_built_is_not_attacked(operator: StrictClient) -> None:
    made = waiting()
    answer = operator.post(url(made, "controler/"), follow=True)
    assert "n’est pas construite" in answer.content.decode()
    assert not made.audits.exists()


def test_a_real_run_of_attacks_is_kept(operator: StrictClient) -> None:
    made = draft()
    operator.post(url(made, "controler/"), {"seen": str(made.audits.get().pk)})
    assert made.audits.count() == 2


@pytest.mark.parametrize("tail", ["publier/", "ecarter/", "relancer/", "controler/"])
def test_acts_are_posts_and_a_look_changes_nothing(operator: StrictClient, tail: str) -> None:
    made = draft()
    assert operator.get(url(made, tail)).status_code == 405
    assert again(made).state == ReleaseState.BUILT
    assert made.audits.count() == 1


def test_after_the_session_has_ended_the_person_comes_back_to_the_page(client: StrictClient) -> None:
    made = draft()
    answer = client.post(url(made, PUBLISH), TICKED)
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={url(made)}")
