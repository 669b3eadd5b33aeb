"""Every address of a démarche × everybody around it. A new address without a row fails.

Each row gives what every role gets, in the order of ``ROLES``. The other table (``tests/test_permissions.py``) has
the same addresses for the roles of the platform.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from apps.methodology.urls import urlpatterns
from tests.methodology.world import ROLES, MethodWorld, method_world

pytestmark = pytest.mark.django_db
#          anon other coll form laps obse boar memb lead co
FOLLOW = "302 404 404 404 404 200 200 200 200 200"
READ = "302 404 404 404 404 403 200 200 200 200"
WRITE = "302 404 404 404 404 403 403 200 200 200"
VALIDATE = "302 404 404 404 404 403 200 403 200 200"
LEAD = "302 404 404 404 404 403 403 403 200 200"
DO_FOLLOW = "302 404 404 404 404 302 302 302 302 302"
DO_READ = "302 404 404 404 404 403 302 302 302 302"
DO_WRITE = "302 404 404 404 404 403 403 302 302 302"
DO_LEAD = "302 404 404 404 404 403 403 403 302 302"
NO_YEAR = "302 404 404 404 404 403 403 422 422 422"
EVERYBODY = "200 " * 10
SIGNED = "302 " + "200 " * 9
P = {"pk": "{engagement}"}
STEP = {**P, "step": "2"}
SCENARIO = {**P, "item": "{scenario}"}
ITEM = {**P, "item": "{activity}"}
WORKSHOP = {**P, "workshop": "{workshop}"}
NOTE = {**P, "note_id": "{note}"}

# name → (method, arguments, what each role gets)
TABLE: dict[str, tuple[str, dict[str, str], str]] = {
    "steps": ("get", {}, EVERYBODY),
    "step": ("get", {"slug": "cadrer-et-mobiliser"}, EVERYBODY),
    "guide_file": ("get", {"slug": "cadrer-et-mobiliser"}, EVERYBODY),
    "sheet_file": ("get", {"tool": "activites"}, EVERYBODY),
    "engagements": ("get", {}, SIGNED),
    # Opening is for the leads and admins of an association.
    "open": ("get", {}, "302 200 200 200 302 302 403 403 200 302"),
    "engagement": ("get", P, FOLLOW),
    "engagement_step": ("get", STEP, FOLLOW),
    "stage": ("get", STEP, WRITE),
    "validate": ("get", STEP, VALIDATE),
    "settings": ("get", P, LEAD),
    "engagement_act": ("post", P, DO_LEAD),
    "take_up": ("post", P, DO_LEAD),
    "take_lead": ("post", P, "302 404 302 403 404 404 403 403 403 404"),
    "tool": ("get", {**P, "tool": "activites"}, READ),
    "item": ("get", ITEM, READ),
    "item_act": ("post", ITEM, DO_WRITE),
    "item_add": (
        "post",
        {**P, "kind": "activity"},
        "302 404 404 404 404 403 403 422 422 422",
    ),  # nothing typed
    "field": ("post", P, "401 404 404 404 404 403 403 404 404 404"),  # 404: no item was named
    "news": ("get", P, "401 404 404 404 404 403 404 404 404 404"),  # 404: no tool was named
    "here": ("post", P, "401 404 404 404 404 403 404 404 404 404"),
    "type_in": ("get", {**P, "tool": "activites", "kind": "activity"}, WRITE),
    "signing": ("get", P, READ),
    "note_start": ("post", P, DO_WRITE),
    "note_put": ("post", P, DO_LEAD),
    "note_sign": ("post", NOTE, "302 404 404 404 404 403 422 422 422 422"),
    "note_file": ("post", NOTE, DO_READ),
    "accounts": ("get", P, READ),
    "accounts_of": ("get", {**P, "activity": "{activity}"}, READ),
    "sheets_prepare": ("post", P, DO_WRITE),
    "years_take_up": ("post", P, DO_WRITE),
    "years_prepare": ("post", P, NO_YEAR),
    "years_prepare_of": ("post", {**P, "activity": "{activity}"}, NO_YEAR),
    "crossed": ("get", P, READ),
    # Campaigns and results are the association’s: not for somebody from outside.
    "crossed_open": ("post", P, "302 404 404 404 404 403 403 403 302 403"),
    "crossed_choose": ("post", P, "302 404 404 404 404 403 403 403 302 403"),
    "crossed_agenda": ("post", P, DO_WRITE),
    "levers_take": ("post", {**P, "code": "tous"}, "302 404 404 404 404 403 403 302 302 403"),
    "simulations": ("get", P, READ),
    "simulation": ("get", SCENARIO, READ),
    "simulation_try": ("get", SCENARIO, READ),
    "simulation_keep": ("post", SCENARIO, "302 404 404 404 404 403 403 404 404 404"),  # no hypothesis named
    "simulation_take_up": ("post", P, DO_WRITE),
    "hypothesis_add": ("post", SCENARIO, "302 404 404 404 404 403 403 422 422 422"),  # no sort chosen
    "choosing": ("get", P, READ),
    # 404: the activity is no scenario.
    "choosing_vote": ("post", {**P, "scenario": "{activity}"}, "302 404 404 404 404 403 404 404 404 404"),
    "choosing_retain": ("post", {**P, "scenario": "{activity}"}, "302 404 404 404 404 403 403 403 404 404"),
    "choosing_roadmap": ("get", P, WRITE),
    "choosing_book": ("post", {**P, "ext": "xlsx"}, DO_READ),
    "workshops": ("get", P, READ),
    "workshop_open": ("get", P, WRITE),
    "workshop": ("get", WORKSHOP, READ),
    "workshop_edit": ("get", WORKSHOP, WRITE),
    "workshop_act": (
        "post",
        WORKSHOP,
        "302 404 404 404 404 403 403 409 409 409",
    ),  # from a page of another time
    "workshop_screen": ("get", WORKSHOP, READ),
    "workshop_record": ("get", WORKSHOP, READ),
    "workshop_record_edit": ("get", WORKSHOP, WRITE),
    "workshop_record_file": ("post", WORKSHOP, DO_READ),
    "dossier": ("get", P, READ),
    "dossier_file": ("post", {**P, "ext": "zip"}, DO_READ),
    "import": ("get", {}, "302 200 200 200 302 302 403 403 200 302"),
    "join": ("get", {}, EVERYBODY),
    "table": ("get", {"code": "{workshop_code}"}, EVERYBODY),
    "roadmap_print": ("get", {**P, "years": "1"}, READ),
    "roadmap_file": ("post", {**P, "years": "1"}, DO_READ),
    "pitch": ("get", P, READ),
    "pitch_file": ("post", P, DO_READ),
    "review_file": ("post", {**P, "review_id": "{review}"}, DO_READ),
    "readings": ("get", P, WRITE),
    "indicators_from_actions": ("post", P, DO_WRITE),
    "feed_make": ("post", P, DO_READ),
    "feed": ("get", {"token": "inconnu"}, "404 " * 10),
    "reminders_stop": ("get", {"token": "inconnu"}, "404 " * 10),
    "team": ("get", P, FOLLOW),
    "seat_invite": ("post", P, "302 404 404 404 404 403 403 403 422 422"),
    "seat_add": ("post", P, "302 404 404 404 404 403 403 403 422 302"),
    "seat_invitation_act": ("post", {**P, "invitation": "{seat_invitation}"}, DO_LEAD),
    "seat_act": ("post", {**P, "seat": "{member_seat}"}, DO_LEAD),
    "hand_over": ("post", P, DO_LEAD),
    "seat_leave": ("post", P, DO_FOLLOW),
    "seat_mails": ("post", P, DO_FOLLOW),
    "seat_invitation": ("get", {"token": "inconnue"}, "404 " * 10),
    "comments": ("get", ITEM, READ),
    "step_comments": ("get", STEP, READ),
    "comment_act": ("post", {**P, "comment": "{comment}"}, DO_READ),
    "mentions": ("get", {}, SIGNED),
    "mention_seen": ("post", {"mention": "0"}, "302 " + "404 " * 9),
    "decisions": ("get", P, READ),
    "decision_new": ("get", P, WRITE),
    "history": ("get", P, READ),
    "history_back": ("post", {**P, "number": "1"}, DO_WRITE),
}


def names() -> set[str]:
    return {str(pattern.name) for pattern in urlpatterns}


@pytest.fixture(name="place")
def make_place() -> MethodWorld:
    return method_world()


def test_every_address_has_a_row() -> None:
    assert names() - set(TABLE) == set(), "add a row for each new address"
    assert set(TABLE) - names() == set(), "rows of addresses that no longer exist"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_rights(name: str, place: MethodWorld) -> None:
    method, arguments, expected = TABLE[name]
    url = reverse(
        f"method:{name}", kwargs={key: text.format(**place.names) for key, text in arguments.items()}
    )
    got = {}
    for role in ROLES:
        with transaction.atomic():
            got[role] = getattr(place.client(role), method)(url).status_code
            transaction.set_rollback(True)
    assert got == dict(zip(ROLES, map(int, expected.split()), strict=True)), url
