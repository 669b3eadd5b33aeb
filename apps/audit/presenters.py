"""An entry in words, for the person it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from apps.audit import acting
from apps.audit.models import AuditEntry
from apps.core.microtypography import nbsp
from apps.core.typography import day_and_hour

WAYS = {
    "password": "par mot de passe",
    "code": "par un code",
    "mfa": "avec la seconde protection",
    "webauthn": "par une clé",
    "operation": "par l’équipe",
}
ROLES = {
    "admin": "administration",
    "lead": "référente ou référent",
    "board": "gouvernance",
    "staff": "équipe",
    "member": "équipe",
    "network": "réseau",
    "curator": "curation",
    "author": "écriture de cas",
    "funder": "financeur",
    "operator": "exploitation",
}


@dataclass(frozen=True, slots=True)
class Line:
    """``where``: whether it came from the present connection; "" for what no connection did."""

    what: str
    when: str
    where: str


def line_of(entry: AuditEntry) -> Line:
    details = [*_ways(entry), *_role(entry)]
    what = entry.get_event_display().capitalize() + (f", {', '.join(details)}" if details else "")
    what += ", par l’aide, sous votre compte" if entry.as_support not in (None, entry.actor) else ""
    return Line(nbsp(what), nbsp(day_and_hour(timezone.localtime(entry.at))), _where(entry))


def _ways(entry: AuditEntry) -> list[str]:
    told = entry.details.get("by", [])
    return [WAYS.get(way, way) for way in ([told] if isinstance(told, str) else told)]


def _role(entry: AuditEntry) -> list[str]:
    role = entry.details.get("to") or entry.details.get("role")
    return [f"rôle : {ROLES.get(role, role)}"] if role else []


def _where(entry: AuditEntry) -> str:
    """The key of the addresses changes each month: an older entry is compared with nothing."""
    local, now = timezone.localtime(entry.at), timezone.localtime()
    if not entry.address_hash or (local.year, local.month) != (now.year, now.month):
        return ""
    return (
        "depuis cette connexion"
        if entry.address_hash == acting.address_hash()
        else "depuis une autre connexion"
    )
