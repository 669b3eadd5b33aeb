"""Every address × every role, in one table. A new address without a row fails.

Each row gives what every role gets, in the order of ``ROLES``: 200 page, 302 sent elsewhere (sign-in, or done),
403 not with this role, 404 nothing here for you, 405 wrong method, 409 the campaign's state forbids it.
"""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.audit import permission_rows as audit_rows
from tests.dashboards import permission_rows as dashboard_rows
from tests.helping import permission_rows as helping_rows
from tests.ledger import permission_rows as ledger_rows
from tests.methodology import permission_rows
from tests.operations import permission_rows as operation_rows
from tests.privacy.rows import closure as closure_rows
from tests.privacy.rows import data as data_rows
from tests.privacy.rows import erasure as erasure_rows
from tests.rights.ground import ground
from tests.rights.table import try_row
from tests.support.world import World, world

ROLES = (
    "anonymous",
    "guest",
    "outsider",
    "staff",
    "board",
    "lead",
    "admin",
    "curator",
    "author",
    "funder",
    "operator",
)
PUBLIC = "200 " * 11
SIGNED = "302 302 200 200 200 200 200 200 200 200 200"
MEMBERS = "302 302 404 200 200 200 200 404 404 404 404"
MANAGERS = "302 302 404 403 403 200 200 404 404 404 404"
ADMINS = "302 302 404 403 403 403 200 404 404 404 404"
DO_MEMBERS = "302 302 404 302 302 302 302 404 404 404 404"
DO_MANAGERS = "302 302 404 403 403 302 302 404 404 404 404"
DO_ADMINS = "302 302 404 403 403 403 302 404 404 404 404"
# A copy belongs to one person: neither an admin of the association nor the platform opens it.
GUEST_COPY = "302 200 404 404 404 404 404 404 404 404 404"
ALL_403 = "403 " * 11

# name → (method, arguments, what each role gets)
TABLE: dict[str, tuple[str, dict[str, str], str]] = {}


def row(name: str, expected: str, method: str = "get", **arguments: str) -> None:
    TABLE[name] = (method, arguments, expected)


for name in (
    "home",
    "glossary",
    "accessibility",
    "legal",
    "privacy",
    "sitemap",
    "robots",
    "sitemap_xml",
    "security_txt",
    "healthz",
    "readyz",
):
    row(f"pages:{name}", PUBLIC)
row("pages:change_password", "302 " * 11)
row("pages:door", PUBLIC, slug="agir")
row("pages:understand_section", PUBLIC, slug="{section}")
row("pages:resource", "301 " * 11, slug="methode-1")
row("pages:measures", PUBLIC)
row("pages:for_you", PUBLIC)
row("webinars:library", PUBLIC)
row("webinars:feed", PUBLIC)
row("webinars:people", PUBLIC)
row("webinars:person", PUBLIC, slug="francis-jutand")
row("webinars:organisations", PUBLIC)
row("webinars:organisation", PUBLIC, slug="newmeric")
row("webinars:case", PUBLIC, slug="webinaire-2022-01-20")
row("course:module", PUBLIC)
row("course:path", PUBLIC)
row("course:changes", PUBLIC)
row("course:step", PUBLIC, slug="etape-1")
row("course:print", PUBLIC, slug="etape-1")
row("course:part", PUBLIC, slug="etape-1", part="questions")
row("course:done", "302 " * 11, "post", slug="etape-1")
row("course:sheet_file", PUBLIC, slug="etape-1")
row("course:attest", SIGNED)
for name in ("attestation_verify", "badge_issuer", "badge_achievement", "badge_keys"):
    row(f"course:{name}", PUBLIC)
row("course:attestation", PUBLIC, code="{attestation}")
row("course:badge", PUBLIC, code="{attestation}", kind="jwt")
row("course:badge_key", PUBLIC, thumbprint="{thumbprint}")
row("course:badge_status", PUBLIC, number="1")
# Its owner, here of the team, and the operator.
row("course:attestation_revoke", "302 302 403 200 403 403 403 403 403 403 200", code="{attestation}")
for name in ("debates", "debate_open"):
    row(f"course:{name}", SIGNED)
for name in ("debate", "projector", "record", "record_edit"):
    row(f"course:{name}", MEMBERS, pk="{debate}")
for name in ("debate_act", "record_file"):
    row(f"course:{name}", DO_MEMBERS, "post", pk="{debate}")
row("course:debate_view", DO_MEMBERS, "post", pk="{debate}", view="{debate_view}")
row("course:vote_code", PUBLIC)
row("course:vote", PUBLIC, code="{debate_code}")
# The group is led by the association's managers; « staff » is in it.
LEADERS = "302 302 404 403 403 200 200 404 404 404 404"
DO_LEADERS = "302 302 404 403 403 302 302 404 404 404 404"
IN_GROUP = "302 302 404 302 404 404 404 404 404 404 404"
row("course:groups", PUBLIC)
row("course:join", PUBLIC)
row("course:join_code", "200 200 200 302 200 200 200 200 200 200 200", code="{group_code}")
row("course:group_open", "302 302 200 403 403 200 200 302 302 302 302")
row("course:group", "302 302 404 200 403 200 200 404 404 404 404", pk="{group}")
row("course:group_edit", LEADERS, pk="{group}")
row("course:group_file", LEADERS, pk="{group}", ext="csv")
row("course:group_act", DO_LEADERS, "post", pk="{group}")
row("course:group_consent", IN_GROUP, "post", pk="{group}")
row("course:group_leave", IN_GROUP, "post", pk="{group}")
row("course:digest_switch", "302 " * 11, "post")
row("course:digest_stop", PUBLIC, token="{digest}")
row("course:statements_file", SIGNED)
permission_rows.add(row)
ledger_rows.add(row)
for rows in (
    dashboard_rows,
    audit_rows,
    data_rows,
    erasure_rows,
    closure_rows,
    operation_rows,
    helping_rows,
):
    rows.add(row)
row("catalogue:index", PUBLIC)
row("catalogue:goal", PUBLIC, number="4")
row("catalogue:fragility", PUBLIC, slug="{fragility}")
row("dev_mailbox", PUBLIC)
row("dev_mail", PUBLIC, pk="{mail}")
row("dev_mail_html", "404 " * 11, pk="{mail}")
row("ui_gallery", PUBLIC)
row("devices:list", SIGNED)
row("devices:end", "302 302 404 404 404 404 404 404 404 404 404", "post", pk="987654")
row("devices:end_others", "302 " * 11, "post")
for name in ("home", "profile", "tokens", "organisation_create", "organisation_lookup"):
    row(f"accounts:{name}", SIGNED)


row("accounts:token_delete", "302 302 404 404 404 404 404 404 404 404 404", "post", pk="{unknown}")
row("accounts:invitation_answer", "302 302 404 404 404 404 404 404 404 404 404", "post", pk="987654")
row("accounts:invitation", "404 " * 11, token="inconnu")
row("accounts:organisation_edit", MANAGERS, pk="{organisation}")
row("accounts:organisation_switch", DO_MEMBERS, "post", pk="{organisation}")
row("accounts:organisation_leave", DO_MEMBERS, "post", pk="{organisation}")
row("accounts:members", MEMBERS, pk="{organisation}")
row("accounts:member_role", DO_ADMINS, "post", pk="{organisation}", member="{staff}")
row("accounts:member_remove", DO_ADMINS, "post", pk="{organisation}", member="{staff}")
row("accounts:invitation_create", "302 302 404 403 403 403 422 404 404 404 404", "post", pk="{organisation}")
row(
    "accounts:invitation_resend",
    "302 302 404 403 403 403 404 404 404 404 404",
    "post",
    pk="{organisation}",
    invitation="987654",
)
row(
    "accounts:invitation_revoke",
    "302 302 404 403 403 403 404 404 404 404 404",
    "post",
    pk="{organisation}",
    invitation="987654",
)

row("diagnostic:intro", PUBLIC)
row("diagnostic:express", PUBLIC)
row("diagnostic:express_keep", "302 " * 11, "post")
row("diagnostic:join", PUBLIC)
row("diagnostic:join_code", "200 200 200 302 302 302 302 200 200 200 200", code="{code}")
row("diagnostic:resume", PUBLIC, token="{token}")
row("diagnostic:open", "302 302 200 403 403 302 302 302 302 302 302")
row("diagnostic:copy", GUEST_COPY, pk="{guest_copy}")
row("diagnostic:question", GUEST_COPY, pk="{guest_copy}", code="A1")
row("diagnostic:finish", GUEST_COPY, pk="{guest_copy}")
row("diagnostic:thanks", GUEST_COPY, pk="{guest_copy}")
row("diagnostic:leave", "302 302 404 404 404 404 404 404 404 404 404", "post", pk="{guest_copy}")
row("diagnostic:campaign", MEMBERS, pk="{open}")
row("diagnostic:context", MANAGERS, pk="{open}")
row("diagnostic:invite", MANAGERS, pk="{open}")
row("diagnostic:respondent_resend", DO_MANAGERS, "post", pk="{open}", respondent="{guest_copy}")
row("diagnostic:respondent_remove", DO_MANAGERS, "post", pk="{open}", respondent="{guest_copy}")
row("diagnostic:finances", MANAGERS, pk="{open}")
row("diagnostic:finance_year", MANAGERS, pk="{open}", year="2025")
row("diagnostic:finance_delete", DO_MANAGERS, "post", pk="{open}", year="2025")
row("diagnostic:close", MANAGERS, pk="{open}")
row("diagnostic:result", MEMBERS, pk="{closed}")
row("diagnostic:report", DO_MEMBERS, "post", pk="{closed}")
row("documents:status", MEMBERS, pk="{document}")
row("documents:download", "302 302 404 302 302 302 302 404 404 404 404", pk="{document}")
row("documents:retry", DO_MEMBERS, "post", pk="{document}")

CURATORS = "302 302 403 403 403 403 403 200 403 403 403"
for name in ("agenda", "feed", "atom"):
    row(f"agenda:{name}", PUBLIC)
for name in ("session", "registered", "session_file"):
    row(f"agenda:{name}", PUBLIC, slug="{session_slug}")
row("agenda:registration", PUBLIC, token="{registration}")
for name in ("curation", "create"):
    row(f"agenda:{name}", CURATORS)
for name in ("edit", "cancel", "registrations", "registrations_file"):
    row(f"agenda:{name}", CURATORS, pk="{session}")

DO_CURATORS = "302 302 403 403 403 403 403 302 403 403 403"
for name in ("people", "organisations", "imports", "links"):
    row(f"curation:{name}", CURATORS)
for name in ("person", "person_edit", "person_merge", "person_withdraw"):
    row(f"curation:{name}", CURATORS, slug="francis-jutand")
for name in ("organisation", "organisation_edit", "organisation_merge"):
    row(f"curation:{name}", CURATORS, slug="newmeric")
row("curation:export", CURATORS, kind="yaml")
row("curation:import", CURATORS, pk="{import}")
row("curation:import_write", DO_CURATORS, "post", pk="{import}")
row("curation:import_discard", DO_CURATORS, "post", pk="{import}")
row("curation:links_check", DO_CURATORS, "post")

# A case of the author's; what belongs to someone else is a 404 for her (tests/webinars/curation_cases).
WRITERS = "302 302 403 403 403 403 403 200 200 403 403"
DO_WRITERS = "302 302 403 403 403 403 403 302 302 403 403"
# Refused without its reason or its moment.
UNSAID = "302 302 403 403 403 403 403 422 403 403 403"
for name in ("home", "cases", "case_create", "coverage"):
    row(f"curation:{name}", WRITERS)
for name in ("case", "case_edit", "case_preview", "compare"):
    row(f"curation:{name}", WRITERS, slug="{case}")
for name in ("propose", "link_create"):
    row(f"curation:{name}", DO_WRITERS, "post", slug="{case}")
for name in ("publish", "reopen"):
    row(f"curation:{name}", DO_CURATORS, "post", slug="{case}")
for name in ("send_back", "schedule", "archive"):
    row(f"curation:{name}", UNSAID, "post", slug="{case}")
row("curation:restore", DO_WRITERS, "post", slug="{case}", number="1")
row("curation:link_revoke", DO_WRITERS, "post", slug="{case}", pk="{preview_link}")
row("webinars:preview", PUBLIC, token="{preview}")
# The course is everybody's in the curation space: an author writes any page of it, curators publish.
row("course:curation", WRITERS)
for name in ("curation_page", "curation_preview", "curation_compare"):
    row(f"course:{name}", WRITERS, slug="etape-1")
row("course:curation_edit", WRITERS, slug="etape-1", chapter="lecon")
row("course:curation_propose", DO_WRITERS, "post", slug="etape-1")
row("course:curation_publish", DO_CURATORS, "post", slug="etape-1")
for name in ("curation_send_back", "curation_schedule"):
    row(f"course:{name}", UNSAID, "post", slug="etape-1")
row("course:curation_restore", DO_WRITERS, "post", slug="etape-1", number="1")


def named_urls(resolver: URLResolver, prefix: str = "") -> list[str]:
    """Names of our own addresses; allauth's, the admin's and the API's are in tests/rights."""
    names = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if pattern.namespace not in ("admin", "api") and "allauth" not in str(pattern.urlconf_name):
                names += named_urls(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            names.append(prefix + pattern.name)
    return names


OURS = sorted(set(named_urls(get_resolver())))


@pytest.fixture(name="place")
def make_world(db: None) -> World:
    return world()


def values(place: World) -> dict[str, str]:
    from post_office.models import Email

    from apps.agenda.links import secret
    from apps.course.attestations import keys
    from apps.course.groups import digest
    from apps.course.groups.links import secret as digest_secret
    from apps.course.services.learning import learner_of
    from apps.documents import services as documents
    from apps.webinars.models import Import
    from apps.webinars.services import previews
    from apps.webinars.services.workflow import CASES
    from apps.webinars.sheet import Sheet
    from tests.dashboards.world import around as dashboards_around
    from tests.factories import agenda, groups
    from tests.factories.attestations import attestation
    from tests.factories.debates import asking, words
    from tests.ledger.support import around
    from tests.methodology.world import demarche_of

    document = documents.request_document(
        kind="diagnostic_report",
        key="k" * 64,
        subject_id=place.closed.pk,
        organisation=place.organisation,
        requested_by=place.people["admin"],
        title="Rapport",
        filename="rapport.pdf",
    )
    session = agenda.session()
    debate = asking(place.organisation)
    case = CASES.create(by=place.people["author"], draft=Sheet(title="Essai"), slug="fiche-essai")
    link, preview = previews.create_link(webinar=case, by=place.people["author"])
    sent = Import.objects.create(by=place.people["curator"], filename="essai.yaml", content=NOTHING)
    group = groups.group(place.organisation)
    groups.place(group, learner_of(place.people["staff"]))
    digest.switch(user_id=place.people["staff"].pk, wanted=True)
    return {
        **demarche_of(place.organisation, place.people),
        **around(place.organisation, place.people["admin"]),
        **dashboards_around(place.organisation, place.people),
        "group": str(group.pk),
        "group_code": group.code,
        "digest": digest_secret(place.people["staff"].pk),
        "attestation": attestation(learner_of(place.people["staff"])).code,
        "thumbprint": keys.ring().signing.thumbprint(),
        "debate": str(debate.pk),
        "debate_code": debate.code,
        "debate_view": str(words(debate).pk),
        "import": str(sent.pk),
        "case": case.slug,
        "preview_link": str(link.pk),
        "preview": preview,
        "session": str(session.pk),
        "session_slug": session.slug,
        "registration": secret(agenda.registration(session)),
        "organisation": str(place.organisation.pk),
        "staff": str(place.people["staff"].memberships.get().pk),
        "open": str(place.open.pk),
        "closed": str(place.closed.pk),
        "code": place.open.code,
        "token": place.token,
        "guest_copy": str(place.copies["guest"].pk),
        "document": str(document.pk),
        "mail": str(Email.objects.create(from_email="a@exemple.fr", to="b@exemple.fr", subject="Essai").pk),
        "unknown": "00000000",
        "section": SECTION,
        "fragility": FRAGILITY,
    }


SECTION, FRAGILITY = "modeles-et-acteurs", "emploi"
NOTHING: dict[str, list[str]] = {"people": [], "organisations": [], "cases": [], "remarks": []}


def test_every_address_has_a_row() -> None:
    assert set(OURS) - set(TABLE) == set(), "add a row for each new address"
    assert set(TABLE) - set(OURS) == set(), "rows of addresses that no longer exist"


def test_rights(db: None) -> None:
    """One world, each request undone: every role of every row, « network » too, and no GET writes."""
    at = ground()
    faults = [fault for name, row in sorted(TABLE.items()) for fault in try_row(at, name, row)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["outsider", "staff", "board", "lead", "admin", "operator"])
def test_nobody_opens_the_copy_of_a_colleague(place: World, role: str) -> None:
    client = place.client(role)
    for owner, copy in place.copies.items():
        if owner != role:
            assert client.get(reverse("diagnostic:copy", args=[copy.pk])).status_code == 404
            sent = client.post(
                reverse("diagnostic:question", args=[copy.pk, "A1"]), {"value": "3", "A1": "3"}
            )
            assert sent.status_code == 404
            assert not copy.answers.exists()
