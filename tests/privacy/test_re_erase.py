"""What a restored backup brings back is erased again, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.privacy import closure, erasure, replay
from apps.privacy.models import Cause, ClosureRequest
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("re_erase", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def gone(django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Path) -> tuple[User, Organisation]:
    """A person and an association that were erased, and came back with the backup."""
    settings.ERASURES_LOG = str(tmp_path / "au-fil.jsonl")
    person, house = UserFactory.create(), OrganisationFactory.create()
    closure.ask(organisation=house, by=member(house))
    ClosureRequest.objects.update(nights=20)
    number, key = person.pk, house.pk
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_person(user=person, cause=Cause.ASKED)
        assert closure.close_due(timezone.now() + timedelta(days=15)) == (1, 0)
    joined = timezone.now() - timedelta(days=50)
    back = UserFactory.create(id=number, date_joined=joined)
    return back, OrganisationFactory.create(id=key)


def test_from_the_list_kept_beside_the_backups(gone: tuple[User, Organisation], tmp_path: Path) -> None:
    person, house = gone
    assert replay.add_to(tmp_path) == 2
    assert replay.add_to(tmp_path) == 0
    path = str(tmp_path / replay.NAME)
    assert "Rien n’a été changé" in said(path)
    assert User.objects.filter(pk=person.pk).exists()
    assert "1\u00a0association, 1\u00a0compte" in said(path, "--apply")
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Organisation.objects.filter(pk=house.pk).exists()
    assert "0\u00a0association, 0\u00a0compte" in said(path, "--apply")


def test_from_the_list_written_at_once(gone: tuple[User, Organisation], settings: Any) -> None:
    told = said(settings.ERASURES_LOG)
    assert f"compte {gone[0].pk}" in told
    assert f"association {gone[1].pk}" in told


def test_whoever_took_the_number_since_is_another_person(
    gone: tuple[User, Organisation], settings: Any
) -> None:
    User.objects.filter(pk=gone[0].pk).update(date_joined=timezone.now() + timedelta(minutes=1))
    assert "0\u00a0compte" in said(settings.ERASURES_LOG, "--apply")
    assert User.objects.filter(pk=gone[0].pk).exists()


def test_logs_of_the_whole_platform_may_be_given(tmp_path: Path) -> None:
    person = UserFactory.create(date_joined=timezone.now() - timedelta(days=5))
    logs = tmp_path / "journaux"
    logs.write_text(
        'worker-1  | pas du JSON\nworker-1  | {"event": "autre", "account": 1}\n{"event": "erased", "at": 3}\n'
        f'web-1  | {{"account": {person.pk}, "event": "erased", "at": "{timezone.now().isoformat()}"}}\n'
    )
    assert f"compte {person.pk}" in said(str(logs))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "0\u00a0compte" in said(str(logs), "--since", tomorrow)


def test_who_runs_an_association_again_is_told_and_kept(
    gone: tuple[User, Organisation], settings: Any
) -> None:
    organisation = OrganisationFactory.create(name="La Marmite")
    MembershipFactory.create(user=gone[0], organisation=organisation, role="admin")
    member(organisation, "staff")
    with pytest.raises(CommandError, match="La"):
        said(settings.ERASURES_LOG, "--apply")
    assert User.objects.filter(pk=gone[0].pk).exists()


@pytest.mark.parametrize(
    "arguments", [("/nulle/part",), ("{list}", "--since", "hier"), ("{list}", "--since", "2026-13-40")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "liste").write_text("")
    with pytest.raises(CommandError):
        said(*(one.replace("{list}", str(tmp_path / "liste")) for one in arguments))
