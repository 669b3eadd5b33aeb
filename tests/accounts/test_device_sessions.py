"""Where one is signed in: seen, and closed from afar."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession

from apps.accounts.devices import name
from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from tests.accounts.helpers import PASSWORD
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0"


@pytest.fixture
def claire() -> User:
    user = UserFactory.create(email="claire@exemple.fr")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def signed_in(user: User, agent: str, address: str = "81.2.69.160") -> StrictClient:
    client = StrictClient(headers={"user-agent": agent}, REMOTE_ADDR=address)
    page = client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    assert page.status_code == 302
    return client


def is_open(client: StrictClient) -> bool:
    return client.get("/espace/compte/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [(FIREFOX, "Firefox, Windows"), (IPHONE, "Safari, iPhone"), (EDGE, "Edge, Windows"), ("curl/8", "Appareil inconnu"), ("", "Appareil inconnu")],
)  # fmt: skip
def test_a_device_is_named_in_words(agent: str, said: str) -> None:
    assert name(agent) == said


def test_each_is_seen_and_closed_alone(claire: User) -> None:
    here, phone, other = (signed_in(claire, agent) for agent in (FIREFOX, IPHONE, EDGE))
    page = here.get("/compte/sessions/").content.decode()
    for said in ("Firefox, Windows", "Safari, iPhone", "Edge, Windows", "Cet appareil."):
        assert said in page
    row = UserSession.objects.get(user=claire, user_agent=IPHONE)
    here.post(f"/compte/sessions/{row.pk}/fermer/")
    assert (is_open(here), is_open(phone), is_open(other)) == (True, False, True)
    assert here.post(f"/compte/sessions/{row.pk}/fermer/").status_code == 404
    assert AuditEntry.objects.filter(event=Event.SESSION_ENDED, actor=claire.pk).count() == 1


def test_all_the_others_at_once(claire: User) -> None:
    here, phone, other = (signed_in(claire, agent) for agent in (FIREFOX, IPHONE, EDGE))
    page = here.post("/compte/sessions/autres/fermer/", follow=True).content.decode()
    assert "2\u00a0appareils fermés." in page
    assert (is_open(here), is_open(phone), is_open(other)) == (True, False, False)
    assert (
        "Aucun autre appareil" in here.post("/compte/sessions/autres/fermer/", follow=True).content.decode()
    )


def test_nobody_closes_the_device_of_another(claire: User) -> None:
    hers = signed_in(claire, FIREFOX)
    stranger = StrictClient()
    stranger.force_login(UserFactory.create())
    row = UserSession.objects.get(user=claire)
    assert stranger.post(f"/compte/sessions/{row.pk}/fermer/").status_code == 404
    assert is_open(hers)


def test_devices_of_before_a_new_password_are_not_shown(claire: User) -> None:
    here, phone = signed_in(claire, FIREFOX), signed_in(claire, IPHONE)
    new = "giroflée-cardamome-2026"
    here.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not is_open(phone)
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox" in page
    assert "iPhone" not in page


def test_only_part_of_the_address_is_kept(claire: User) -> None:
    signed_in(claire, FIREFOX, "81.2.69.160")
    signed_in(claire, IPHONE, "2001:db8:1:2:3:4:5:6")
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"81.2.69.0", "2001:db8:1::"}


def test_its_queries_do_not_grow(claire: User, django_assert_num_queries: Any) -> None:
    here = signed_in(claire, FIREFOX)
    with django_assert_num_queries(5) as one:
        here.get("/compte/sessions/")
    queries = len(one)
    signed_in(claire, IPHONE)
    signed_in(claire, EDGE)
    with django_assert_num_queries(queries):
        here.get("/compte/sessions/")
