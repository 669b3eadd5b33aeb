"""The settings of ``make run``; a mail that was refused is tried again after five seconds (two minutes in production)."""

import os
from datetime import timedelta
from pathlib import Path

from tests.faults.campaign.clock import follow
from trajectoires.settings.local import *  # noqa: F403
from trajectoires.settings.local import POST_OFFICE

POST_OFFICE = {**POST_OFFICE, "RETRY_INTERVAL": timedelta(seconds=5)}

# Caddy writes the address of the visitor, and people come from many.
ALLAUTH_TRUSTED_PROXY_COUNT = 1

follow(Path(os.environ["FAULTS_CLOCK"]))
