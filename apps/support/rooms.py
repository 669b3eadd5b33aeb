"""What may be opened during a visit: a closed list. An address that is not in it is refused, a new one first of all."""

from __future__ import annotations

REFUSED = "Cette page reste fermée à l’aide."
# The only posts that pass: ending the visit, and signing out.
WAYS_OUT = {"support:stop", "account_logout"}


def _of(app: str, names: str) -> set[str]:
    return {f"{app}:{name}" for name in names.split()}


OPEN = (
    {"account_logout"}
    | _of("accounts", "home members organisation_create organisation_edit")
    | _of("agenda", "agenda atom feed registered session session_file")
    | _of("catalogue", "fragility goal index")
    | _of(
        "course",
        "attest attestation attestation_verify changes debate debate_open debates group_open groups module part path"
        " print projector record record_edit step",
    )
    | _of("dashboards", "compare figure figure_png release releases sheet situate")
    | _of("diagnostic", "campaign close context express finance_year finances intro open result")
    | _of("ledger", "compare home import import_status paste picture typed upload where year years")
    | _of(
        "method",
        "accounts accounts_of choosing_roadmap comments crossed decision_new decisions dossier engagement"
        " engagement_step engagements history import item mentions news open pitch readings roadmap_print settings"
        " signing simulation simulation_try simulations stage step step_comments steps team tool type_in validate"
        " workshop workshop_edit workshop_open workshop_record workshop_record_edit workshop_screen workshops",
    )
    | _of(
        "pages",
        "accessibility door for_you glossary home legal measures privacy resource robots security_txt sitemap"
        " sitemap_xml understand_section",
    )
    | _of("privacy", "register register_csv")
    | _of("webinars", "case feed library organisation organisations people person")
)

# Why → the pages that stay closed. Read by nobody but the test, which wants every page in one list or the other.
CLOSED = {
    "what she answers in confidence, and votes": _of("diagnostic", "copy finish question thanks")
    | _of("course", "vote vote_code")
    | _of("method", "choosing join table"),
    "what others say of themselves in her group": _of("course", "group group_edit group_file"),
    "her account, her data, her consents": _of("accounts", "profile tokens")
    | _of("audit", "journal")
    | _of("dashboards", "sharing")
    | _of("devices", "list")
    | _of("pages", "change_password")
    | _of("privacy", "close data erase receipt")
    | _of("support", "desk grant"),
    "a link or a code that opens something": _of("accounts", "invitation")
    | _of("agenda", "registration")
    | _of("course", "digest_stop join join_code")
    | _of("dashboards", "programme_invitation programme_join programme_join_code")
    | _of("diagnostic", "invite join join_code resume")
    | _of("method", "feed feed_make reminders_stop seat_invitation")
    | _of("webinars", "preview"),
    "a file: nothing is taken away": _of("documents", "download status")
    | _of(
        "course",
        "badge badge_achievement badge_issuer badge_key badge_keys badge_status sheet_file statements_file",
    )
    | _of("dashboards", "programme_follow_up sheet_pdf table_file workbook")
    | _of("method", "dossier_file guide_file pitch_file review_file roadmap_file sheet_file"),
    "of people with a role on the platform": _of(
        "agenda", "cancel create curation edit registrations registrations_file"
    )
    | _of(
        "course",
        "attestation_revoke curation curation_compare curation_edit curation_page curation_preview",
    )
    | _of(
        "curation",
        "case case_create case_edit case_preview cases compare coverage export home import imports links organisation"
        " organisation_edit organisation_merge organisations people person person_edit person_merge person_withdraw",
    )
    | _of(
        "dashboards",
        "operation operation_release programme programme_edit programme_invite programme_open programmes"
        " release_status",
    )
    | _of("operations", "home metrics"),
    "asks another site, or is a tool of ours": _of("accounts", "organisation_lookup")
    | _of("pages", "healthz readyz")
    | {"dev_mail", "dev_mail_html", "dev_mailbox", "ui_gallery"},
}
