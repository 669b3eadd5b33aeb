"""The operator reads the state of the platform, and tries again what failed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desk
from tests.e2e.screens import check_screen
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
FAILED = """
from django.utils import timezone
from apps.documents.models import Document
from apps.diagnostic.models import Campaign
found = Campaign.objects.filter(state="closed").first()
Document.objects.create(kind="diagnostic_report", key="9" * 64, subject_id=found.pk, organisation=found.organisation,
    title="Rapport", filename="rapport.pdf", state="failed", attempts=3,
    error="La préparation a échoué trois fois de suite.", expires_at=timezone.now() + timezone.timedelta(days=30))
"""


def test_an_operator_tries_again_what_failed(desk_of: Desk, stack: Stack) -> None:
    stack.manage("shell", "-c", FAILED)
    page = desk_of("exploitation")
    page.goto("/espace/")
    page.get_by_role("link", name="L’état de la plateforme").click()
    check_screen(page)
    expect(page.locator("#files")).to_contain_text("Documents")
    expect(page.locator("#echecs")).to_contain_text("La préparation a échoué trois fois de suite.")
    page.locator("#echecs").get_by_role("button", name="Relancer le rapport").dblclick()
    expect(page.locator("main, [role=status]").first).to_be_visible()
    expect(page.locator("#echecs")).to_contain_text("Aucun.")
    check_screen(page, "nothing failed")
