"""Releases: what an aggregate must respect before it leaves the server."""

from fractions import Fraction

from trajectoires.settings.env import env

# Associations per published count or mean; may be raised, never below five (``disclosure.Rules`` refuses it).
RELEASE_K = env.int("RELEASE_K", default=11)
# The p % rule (amounts); its value is a secret of the operator, never in the repository. Empty: the 85 % rule alone.
_P = env("RELEASE_P_PERCENT", default="")
RELEASE_P_PERCENT = Fraction(_P) if _P else None
# Demonstration associations are counted only where they are the point of the platform.
RELEASES_COUNT_DEMO = env.bool("RELEASES_COUNT_DEMO", default=False)
