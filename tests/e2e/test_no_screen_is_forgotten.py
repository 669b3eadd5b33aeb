"""Comes last: every address that answers GET with a page was looked at by axe in one of the other tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.e2e.screens import CHECKED
from tests.test_permissions import TABLE

pytestmark = pytest.mark.e2e
# Answers GET, and is not a page.
NOT_SCREENS = {
    "pages:robots": "a text for machines",
    "pages:sitemap_xml": "a text for machines",
    "pages:security_txt": "a text for machines",
    "pages:change_password": "leads to the page of the account",
    "pages:healthz": "a probe",
    "operations:metrics": "figures for a machine",
    "pages:readyz": "a probe",
    "documents:download": "a file",
    "curation:export": "a file",
    "privacy:register_csv": "a file",
    "webinars:feed": "a feed",
    "course:group_file": "a file",
    "course:statements_file": "a file",
    "agenda:feed": "a calendar",
    "agenda:atom": "a feed",
    "agenda:session_file": "a file",
    "agenda:registrations_file": "a file",
    "pages:resource": "moved to the method",
    "method:guide_file": "a file, prepared when the contents are loaded",
    "method:sheet_file": "a file; test_method_screens looks at what is shown until it is ready",
    "method:dossier_file": "a file",
    "method:simulation_try": "the top of a scenario's page, sent again; test_simulator moves its sliders",
    "method:feed": "a calendar",
    "method:news": "a text for scripts",
    "dev_mail_html": "a mail, shown as a mail reader would",
    "course:badge": "a file",
    "course:badge_issuer": "a file for programs",
    "course:badge_achievement": "a file for programs",
    "course:badge_keys": "a file for programs",
    "course:badge_key": "a file for programs",
    "course:badge_status": "a file for programs",
    "dashboards:figure": "numbers for a script",
    "dashboards:table_file": "a file",
    "dashboards:workbook": "a file",
    "dashboards:sheet_pdf": "a file, asked for when the release is published",
    "dashboards:programme_follow_up": "a file",
    "dashboards:release_status": "the top of an operator’s page, sent again",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "a challenge in JSON, and a POST",
    "account_set_password": "only for accounts made without a password, which sign-up never makes",
    "account_complete_password_reset": "the address of a link; ours are codes",
}


def allauth_names(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and not pattern.namespace:
            found |= allauth_names(pattern)
        elif isinstance(pattern, URLPattern) and (pattern.name or "").startswith(("account_", "mfa_")):
            found.add(str(pattern.name))
    return found


def test_every_screen_was_looked_at(request: pytest.FixtureRequest) -> None:
    ran = {item.path.name for item in request.session.items if item.path.parent == Path(__file__).parent}
    everything = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    if ran != everything or request.config.option.keyword:
        pytest.skip("only some of the browser tests were chosen")
    pages = {name for name, (method, _, _) in TABLE.items() if method == "get"}
    pages |= allauth_names(get_resolver()) | {"api:docs", "404"}
    assert pages - set(NOT_SCREENS) - {name for name, _ in CHECKED} == set()
    assert set(NOT_SCREENS) <= pages, "an exception for an address that no longer exists"
