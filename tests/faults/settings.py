"""The settings of ``make run``, with a kind of document that misbehaves."""

from trajectoires.settings.local import *  # noqa: F403
from trajectoires.settings.local import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.kinds.KindsConfig"]
