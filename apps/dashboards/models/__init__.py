"""Programmes and consents; releases and what protects them."""

from apps.dashboards.models.programmes import Consent as Consent
from apps.dashboards.models.programmes import Objection as Objection
from apps.dashboards.models.programmes import Programme as Programme
from apps.dashboards.models.programmes import ProgrammeInvitation as ProgrammeInvitation
from apps.dashboards.models.releases import AuditRun as AuditRun
from apps.dashboards.models.releases import ExactTable as ExactTable
from apps.dashboards.models.releases import Release as Release
from apps.dashboards.models.releases import ReleaseMember as ReleaseMember
from apps.dashboards.models.releases import ReleaseTable as ReleaseTable
from apps.dashboards.models.releases import Suppression as Suppression
