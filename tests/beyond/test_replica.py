"""Pages read from a real streaming replica: what is read there, how late it may be, and what happens without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.catalogue.models import Goal
from apps.core import replica as core_replica
from apps.core.replica import REPLICA, reading
from apps.webinars.models import Webinar
from tests.beyond.replica import Replica
from tests.diagnostic.pages import text
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import organisation, published

LIBRARY, GOAL = "/bibliotheque/", "/catalogue/odd/7/"
Settled = Callable[[], None]


def counted(path: str, client: StrictClient | None = None) -> tuple[int, int, int]:
    """(status, questions to the primary, to the replica); the measure of the lag apart."""
    with (
        CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as primary,
        CaptureQueriesContext(connections[REPLICA]) as there,
    ):
        status = (client or StrictClient()).get(path).status_code
    ours = [
        [query for query in caught.captured_queries if "pg_lsn" not in query["sql"]]
        for caught in (primary, there)
    ]
    return status, len(ours[0]), len(ours[1])


def curator() -> StrictClient:
    client = StrictClient()
    client.force_login(platform_person(PlatformRole.CURATOR))
    return client


def renamed(me: StrictClient, name: str) -> None:
    """An organisation of the library, corrected on its screen."""
    url = reverse("curation:organisation_edit", args=["les-essais"])
    seen = me.get(url).context["form"]["seen"].value()
    sent = {"name": name, "kind": "association", "region": "", "spellings": "", "note": "", "seen": seen}
    assert me.post(url, sent).status_code == 302


def hers(me: StrictClient) -> str:
    return text(me.get(reverse("webinars:organisation", args=["les-essais"])))


def test_public_pages_are_read_from_the_replica(replica: Replica) -> None:
    for path in (LIBRARY, "/bibliotheque/?q=mobilite", GOAL, "/bibliotheque/personnes/", "/publications/"):
        status, primary, there = counted(path)
        assert (path, status, primary) == (path, 200, 0)
        assert there > 0
    assert replica.asked("dashboards_release") == 1  # the server itself says so
    assert replica.ask("SELECT pg_is_in_recovery()") is True


def test_what_others_write_comes_and_the_rest_stays_on_the_primary(
    replica: Replica, settled: Settled
) -> None:
    me = curator()
    settled()
    status, primary, there = counted(LIBRARY, me)
    assert status == 200
    assert primary > 0  # her session, her account
    assert there > 0
    assert counted("/curation/cas/", me)[2] == 0
    assert counted("/espace/", me)[2] == 0
    assert counted(reverse("account_login"))[2] == 0


def test_a_curator_sees_at_once_what_she_wrote_and_others_soon(replica: Replica, settled: Settled) -> None:
    published("un-essai-lu-ailleurs")
    me, reader = curator(), StrictClient()
    settled()
    replica.pause()
    core_replica.lag.next_measure = float("inf")  # as during the second between two measures
    renamed(me, "Les Essais du Large")
    assert "Les Essais du Large" in hers(me)
    assert "Les Essais du Large" not in hers(reader)
    assert me.cookies["ecrit"]["max-age"] == 7
    assert me.cookies["ecrit"]["httponly"]
    replica.resume()
    settled()
    assert "Les Essais du Large" in hers(reader)


def test_a_page_that_the_replica_has_not_yet_comes_from_the_primary(
    replica: Replica, settled: Settled
) -> None:
    settled()
    replica.pause()
    core_replica.lag.next_measure = float("inf")
    published("un-essai-tout-neuf")
    assert StrictClient().get("/bibliotheque/un-essai-tout-neuf/").status_code == 200
    assert StrictClient().get("/bibliotheque/un-essai-jamais-ecrit/").status_code == 404


def test_a_replica_that_falls_behind_is_left_until_it_has_caught_up(
    replica: Replica, settled: Settled, settings: Any
) -> None:
    settings.REPLICA_MAX_LAG = 0.3
    settled()
    replica.pause()
    organisation("tardive", "La Tardive")
    clock = [core_replica.time.monotonic() + 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core_replica.time, "monotonic", lambda: clock[0])
        for _ in range(3):
            clock[0] += 0.2
            core_replica.lag.bounded()
        assert not core_replica.lag.bounded()
        assert counted(LIBRARY)[2] == 0
        replica.resume()
        settled()
        assert core_replica.lag.bounded()
        assert counted(LIBRARY)[1:] != (0, 0)
        assert counted(LIBRARY)[1] == 0


def test_an_idle_primary_does_not_make_a_replica_look_late(replica: Replica, settled: Settled) -> None:
    settled()
    start = core_replica.time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core_replica.time, "monotonic", lambda: start + 3600)
        assert core_replica.lag.bounded()


def test_nobody_sees_a_killed_replica(replica: Replica, settled: Settled) -> None:
    settled()
    core_replica.lag.next_measure = float("inf")  # believed good: the page finds it out
    assert counted(LIBRARY)[1] == 0
    replica.kill()
    assert counted(LIBRARY)[0] == 200
    assert not core_replica.lag.is_good
    status, primary, there = counted(GOAL)
    assert (status, primary > 0, there) == (200, True, 0)
    replica.start()
    connections[REPLICA].close()
    settled()
    assert core_replica.lag.bounded()
    assert counted(GOAL)[1] == 0


def test_what_was_read_from_the_replica_is_written_to_the_primary(replica: Replica, settled: Settled) -> None:
    organisation()
    settled()
    with reading():
        case = Webinar.objects.filter(sheet__isnull=False).first()
        assert case
        assert case._state.db == REPLICA
        assert User.objects.db == DEFAULT_DB_ALIAS
        with transaction.atomic():
            assert Webinar.objects.all().db == DEFAULT_DB_ALIAS
    case.save(update_fields=["slug"])
    assert case._state.db == DEFAULT_DB_ALIAS
    assert router.db_for_write(Goal, instance=case) == DEFAULT_DB_ALIAS
    assert not router.allow_migrate(REPLICA, "webinars")


def test_a_visitor_who_has_sent_something_reads_the_primary(replica: Replica, settled: Settled) -> None:
    client = StrictClient()
    assert "ecrit" not in client.get(LIBRARY).cookies
    assert client.post(reverse("account_login"), {"login": "a@b.fr", "password": "x"}).status_code in {
        200,
        422,
    }
    assert counted(LIBRARY, client)[2] == 0


# The mark: without one in the run, pytest-django makes no test database, and the fixtures above copy it.
@pytest.mark.django_db
def test_the_pages_named_in_the_settings_exist(settings: Any) -> None:
    known = set()
    for name in settings.REPLICA_VIEWS:
        space, _, view = name.partition(":")
        patterns = get_resolver().namespace_dict[space][1].reverse_dict
        assert view in patterns, name
        known.add(name)
    assert len(known) > 10
    with pytest.raises(NoReverseMatch):
        reverse("webinars:inconnue")
