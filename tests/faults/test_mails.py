"""The mail server is down: mails wait in their table and leave once it is back."""

from __future__ import annotations

import pytest

from tests.accounts.helpers import PASSWORD
from tests.faults.platform import PATIENCE, Platform
from tests.faults.smtp import mail_server
from tests.support.stack import wait_for

pytestmark = pytest.mark.fault

EMAIL = "nouvelle@exemple.fr"
STATUS_SENT = 0


def mails_to_her(platform: Platform) -> list[tuple[object, ...]]:
    return platform.sql('select status, number_of_retries from post_office_email where "to" = %s', EMAIL)


def test_a_mail_written_while_smtp_is_down_is_sent_later_and_once(platform: Platform) -> None:
    with platform.visitor() as newcomer:
        typed = {"full_name": "Anne Neuve", "email": EMAIL, "password1": PASSWORD}
        page = newcomer.post("/compte/signup/", data=typed)
    assert page.status_code == 200
    assert page.url.path == "/compte/confirm-email/"
    wait_for(lambda: any(tries for _, tries in mails_to_her(platform)), PATIENCE, "a first try that fails")

    with mail_server(platform.smtp_port) as mails:
        # Two minutes later.
        platform.sql('update post_office_email set scheduled_time = now() where "to" = %s', EMAIL)
        wait_for(lambda: bool(mails), PATIENCE, "the mail")
        wait_for(lambda: mails_to_her(platform) == [(STATUS_SENT, 1)], PATIENCE, "the mail is marked as sent")
        assert len(mails) == 1
        assert f"To: {EMAIL}" in mails[0]
