"""Why a release may not be published yet, in one sentence with what to do."""

from __future__ import annotations

from apps.core.microtypography import nbsp
from apps.core.typography import count
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.services import releases as services


def why_not(release: Release) -> str:
    """ "" when it may be published, or when it is no draft; what the service would answer. Two queries at most."""
    return nbsp(services.why_not(release)) if release.state == ReleaseState.BUILT else ""


def leaks(audit: AuditRun) -> str:
    """« 2 attaques qui réussissent »."""
    found = sum(bool(attack["findings"]) for attack in audit.attacks)
    return count(found, "attaque qui réussit", "attaques qui réussissent")
