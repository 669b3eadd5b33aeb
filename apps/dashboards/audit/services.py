"""Runs every attack on a release and keeps the report."""

from __future__ import annotations

from apps.dashboards.audit.attacks import attack
from apps.dashboards.audit.reach import case_of
from apps.dashboards.audit.repeat import protect_again
from apps.dashboards.models import AuditRun, Release


def audit(release: Release) -> AuditRun:
    """A built or published release, against all that is published beside it; nothing is published without it."""
    found = attack(case_of(release))
    protect_again(release, next(findings for findings in found if findings.code == "A15"))
    return AuditRun.objects.create(
        release=release,
        attacks=[findings.as_json() for findings in found],
        is_clean=all(findings.is_clean for findings in found),
    )
