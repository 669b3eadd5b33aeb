"""The addresses of the method × the roles of the platform (see tests/test_permissions.py).

« staff » is a member of the démarche, « board » governs, « lead » leads, « admin » holds no seat. Everybody around it,
observers and people removed included, is in tests/methodology/test_rights.py.
"""

from __future__ import annotations

from collections.abc import Callable

PUBLIC = "200 " * 11
SIGNED = "302 302 200 200 200 200 200 200 200 200 200"
SEATED = "302 302 404 200 200 200 404 404 404 404 404"
TEAM = "302 302 404 200 403 200 404 404 404 404 404"
GOVERNS = "302 302 404 403 200 200 404 404 404 404 404"
STEERS = "302 302 404 403 403 200 404 404 404 404 404"
DO_SEATED = "302 302 404 302 302 302 404 404 404 404 404"
DO_TEAM = "302 302 404 302 403 302 404 404 404 404 404"
DO_STEERS = "302 302 404 403 403 302 404 404 404 404 404"
WRONG_STEERS = "302 302 404 403 403 422 404 404 404 404 404"
WRONG_TEAM = "302 302 404 422 403 422 404 404 404 404 404"
OF = {"pk": "{engagement}"}


def add(row: Callable[..., None]) -> None:
    row("method:steps", PUBLIC)
    row("method:step", PUBLIC, slug="cadrer-et-mobiliser")
    row("method:guide_file", PUBLIC, slug="cadrer-et-mobiliser")
    row("method:sheet_file", PUBLIC, tool="activites")
    row("method:engagements", SIGNED)
    row("method:open", "302 302 200 403 403 200 200 302 302 302 302")
    for name in (
        "engagement",
        "crossed",
        "team",
        "decisions",
        "history",
        "accounts",
        "signing",
        "workshops",
        "pitch",
        "pitch_file",
        "feed_make",
        "dossier",
    ):
        row(f"method:{name}", SEATED, **OF)
    for name in ("decision_new", "workshop_open", "readings"):
        row(f"method:{name}", TEAM, **OF)
    row("method:settings", STEERS, **OF)
    for name in ("engagement_act", "take_up", "note_put", "crossed_open", "crossed_choose", "hand_over"):
        row(f"method:{name}", DO_STEERS, "post", **OF)
    for name in ("seat_invite", "seat_add"):
        row(f"method:{name}", WRONG_STEERS, "post", **OF)
    for name in (
        "note_start",
        "crossed_agenda",
        "sheets_prepare",
        "years_take_up",
        "indicators_from_actions",
    ):
        row(f"method:{name}", DO_TEAM, "post", **OF)
    for name in ("seat_leave", "seat_mails"):
        row(f"method:{name}", DO_SEATED, "post", **OF)
    row("method:take_lead", "302 302 404 403 403 403 302 404 404 404 404", "post", **OF)
    row("method:engagement_step", SEATED, step="1", **OF)
    row("method:step_comments", SEATED, step="3", **OF)
    row("method:stage", TEAM, step="1", **OF)
    row("method:validate", GOVERNS, step="1", **OF)
    row("method:tool", SEATED, tool="activites", **OF)
    row("method:type_in", TEAM, tool="activites", kind="activity", **OF)
    row("method:item_add", WRONG_TEAM, "post", kind="activity", **OF)
    # Scripts are told in JSON; without an item or a tool there is nothing to write or to tell.
    row("method:field", "401 401 404 404 403 404 404 404 404 404 404", "post", **OF)
    row("method:news", "401 401 404 404 404 404 404 404 404 404 404", **OF)
    row("method:here", "401 401 404 404 404 404 404 404 404 404 404", "post", **OF)
    for name in ("item", "comments"):
        row(f"method:{name}", SEATED, item="{activity}", **OF)
    row("method:item_act", DO_TEAM, "post", item="{activity}", **OF)
    row("method:accounts_of", SEATED, activity="{activity}", **OF)
    row("method:years_prepare", WRONG_TEAM, "post", **OF)
    row("method:years_prepare_of", WRONG_TEAM, "post", activity="{activity}", **OF)
    row("method:levers_take", DO_TEAM, "post", code="tous", **OF)
    row("method:note_sign", "302 302 404 422 422 422 404 404 404 404 404", "post", note_id="{note}", **OF)
    row("method:note_file", DO_SEATED, "post", note_id="{note}", **OF)
    row("method:seat_invitation_act", DO_STEERS, "post", invitation="{seat_invitation}", **OF)
    row("method:seat_act", DO_STEERS, "post", seat="{member_seat}", **OF)
    row("method:seat_invitation", "404 " * 11, token="inconnue")
    row("method:comment_act", DO_SEATED, "post", comment="{comment}", **OF)
    row("method:mentions", SIGNED)
    row("method:mention_seen", "302 302 404 404 404 404 404 404 404 404 404", "post", mention="0")
    row("method:history_back", DO_TEAM, "post", number="1", **OF)
    for name in ("workshop", "workshop_screen", "workshop_record"):
        row(f"method:{name}", SEATED, workshop="{workshop}", **OF)
    for name in ("workshop_edit", "workshop_record_edit"):
        row(f"method:{name}", TEAM, workshop="{workshop}", **OF)
    row(
        "method:workshop_act",
        "302 302 404 409 403 409 404 404 404 404 404",
        "post",
        workshop="{workshop}",
        **OF,
    )
    row("method:workshop_record_file", DO_SEATED, "post", workshop="{workshop}", **OF)
    row("method:dossier_file", DO_SEATED, ext="pdf", **OF)  # sent to the page until it is made
    row("method:import", "302 302 200 403 403 200 200 302 302 302 302")
    row("method:simulations", SEATED, **OF)
    for name in ("simulation", "simulation_try"):
        row(f"method:{name}", SEATED, item="{scenario}", **OF)
    row("method:hypothesis_add", WRONG_TEAM, "post", item="{scenario}", **OF)
    row("method:simulation_take_up", DO_TEAM, "post", **OF)
    # No hypothesis is named: 404 for those who may.
    unnamed = "302 302 404 404 403 404 404 404 404 404 404"
    row("method:simulation_keep", unnamed, "post", item="{scenario}", **OF)
    row("method:choosing", SEATED, **OF)
    row("method:choosing_roadmap", TEAM, **OF)
    row("method:choosing_book", DO_SEATED, "post", ext="xlsx", **OF)
    # The activity is no scenario: 404 for those who may.
    missing = {"scenario": "{activity}", **OF}
    row("method:choosing_vote", "302 302 404 404 404 404 404 404 404 404 404", "post", **missing)
    row("method:choosing_retain", "302 302 404 403 403 404 404 404 404 404 404", "post", **missing)
    row("method:join", PUBLIC)
    row("method:table", PUBLIC, code="{workshop_code}")
    row("method:roadmap_print", SEATED, years="1", **OF)
    row("method:roadmap_file", SEATED, years="1", **OF)
    row("method:review_file", SEATED, review_id="{review}", **OF)
    row("method:feed", "404 " * 11, token="inconnu")
    row("method:reminders_stop", "404 " * 11, token="inconnu")
