"""The report of a release: run, kept, read in the terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.dashboards.audit import services
from apps.dashboards.models import AuditRun, Release
from tests.dashboards.attacks.scenarios import SCENARIOS, some
from tests.dashboards.attacks.stored import Stored

pytestmark = pytest.mark.django_db


def audited(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("audit_release", *arguments, stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


def leak(release: Release) -> None:
    """A count that nobody rounded."""
    table = release.tables.get(key="participation")
    table.protected["rows"][0]["cells"]["n"]["n"] += 1
    table.save()


@pytest.fixture
def release() -> Release:
    return Stored().publish(some(40))


def test_a_run_keeps_the_sixteen_attacks_with_their_tries(release: Release) -> None:
    run = services.audit(release)
    assert run.is_clean
    assert [attack["code"] for attack in run.attacks] == [f"A{n}" for n in range(1, 17)]
    assert all(attack["findings"] == [] for attack in run.attacks)
    assert sum(attack["tries"] for attack in run.attacks) > 1000
    assert AuditRun.objects.filter(release=release).count() == 2  # the building's, and this one


def test_a_leak_is_kept_with_its_sentence(release: Release) -> None:
    leak(release)
    run = services.audit(Release.objects.get(pk=release.pk))
    assert not run.is_clean
    (found,) = [attack for attack in run.attacks if attack["code"] == "A14"]
    assert any("pas arrondi" in sentence for sentence in found["findings"])


def test_a_draft_protected_again_must_be_what_was_stored() -> None:
    stored = Stored()
    release = stored.publish(some(40))
    Release.objects.filter(pk=release.pk).update(state="built", published_at=None)
    draft = Release.objects.get(pk=release.pk)
    assert services.audit(draft).is_clean
    table = draft.tables.get(key="axes")
    table.protected["rows"][0]["cells"]["A"]["mean"] += 1
    table.save()
    run = services.audit(Release.objects.get(pk=draft.pk))
    (found,) = [attack for attack in run.attacks if attack["code"] == "A15"]
    assert found["findings"]


def test_the_command_says_the_attacks_and_succeeds(release: Release) -> None:
    code, said = audited()
    assert code == 0
    assert release.slug in said
    assert said.count("sans résultat") == 16
    assert "Aucune attaque ne réussit" in said


def test_the_command_fails_when_an_attack_succeeds(release: Release) -> None:
    leak(release)
    code, said = audited(release.slug)
    assert code == 1
    assert "✗" in said
    assert "ne doit pas paraître" in said


def test_the_command_takes_all_of_them_or_the_drafts() -> None:
    stored = Stored()
    for people, scope in SCENARIOS["three came"][1]():
        stored.publish(people, scope)
    first, second = stored.releases
    assert [slug in audited("--all")[1] for slug in (first.slug, second.slug)] == [True, True]
    assert first.slug not in audited()[1]
    with pytest.raises(CommandError):
        audited("--draft")
    Release.objects.filter(pk=second.pk).update(state="built", published_at=None)
    said = audited("--draft")[1]
    assert second.slug in said
    assert first.slug not in said


@pytest.mark.parametrize("arguments", [["inconnue"], []])
def test_the_command_says_when_there_is_nothing_to_try(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        audited(*arguments)


def test_as_many_queries_beside_one_release_as_beside_three(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    stored = Stored()
    people = some(40)
    for place in range(4):
        stored.publish([*people, *some(15 * place, f"n{place}")])
        with django_assert_max_num_queries(12):
            services.audit(stored.releases[-1])


def test_what_was_published_after_is_not_held_against_it() -> None:
    """A later release was judged beside this one; the older report does not change."""
    stored = Stored()
    people = some(60)
    first = stored.publish(people)
    stored.publish(people[5:], "")
    before = [a["tries"] for a in AuditRun.objects.filter(release=first).latest("run_at").attacks][:14]
    assert [a["tries"] for a in services.audit(first).attacks][:14] == before
