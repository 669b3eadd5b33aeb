"""The page of one release: what was done, whether it may be published, what attacks found, what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.core.microtypography import nbsp
from apps.core.typography import count, date_long, day_and_hour, number
from apps.dashboards.enums import ReleaseState, Suppressed
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.operation import gate, listing, selectors
from apps.dashboards.operation.forms import PublishForm

SILENCE = timedelta(seconds=10)
UNDER_WAY = (ReleaseState.REQUESTED, ReleaseState.BUILDING)
READ = (ReleaseState.BUILT, ReleaseState.PUBLISHED, ReleaseState.SET_ASIDE)
NOTHING_FOUND = "Rien trouvé"
NOT_TRIED = "Non essayée sur ces données"


@dataclass(frozen=True, slots=True)
class State:
    """What the fragment says, and the whole page with it."""

    label: str
    says: str
    under_way: bool
    is_silent: bool
    is_failed: bool
    error: str
    may_read: bool


@dataclass(frozen=True, slots=True)
class Attack:
    code: str
    title: str
    tries: str
    result: str
    findings: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Audit:
    when: str
    result: str
    is_clean: bool
    attacks: tuple[Attack, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    url: str
    title: str
    hidden: str
    reasons: tuple[str, ...]


def state_of(release: Release) -> State:
    state = ReleaseState(release.state)
    waited = timezone.now() - release.requested_at > SILENCE
    return State(
        label=state.label,
        says=_says(release, state),
        under_way=state in UNDER_WAY,
        is_silent=state is ReleaseState.REQUESTED and not release.attempts and waited,
        is_failed=state is ReleaseState.FAILED,
        error=nbsp(release.error),
        may_read=state in READ,
    )


def _says(release: Release, state: ReleaseState) -> str:
    if state is ReleaseState.REQUESTED:
        return "Un essai a échoué : un autre suit" if release.attempts else "La construction attend son tour"
    return {
        ReleaseState.BUILDING: "La publication se construit, puis les attaques sont essayées",
        ReleaseState.BUILT: "La publication est construite : elle attend votre lecture",
        ReleaseState.PUBLISHED: "La publication est parue",
        ReleaseState.SET_ASIDE: "La publication est écartée : elle ne paraîtra pas",
        ReleaseState.FAILED: "La construction a échoué",
    }[state]


def status_context(release: Release, announce: bool = False) -> dict[str, Any]:
    return {"release": release, "state": state_of(release), "announce": announce}


def release_page(release: Release, form: PublishForm | None = None) -> dict[str, Any]:
    """Five queries at most, whatever the release holds."""
    audits = selectors.last_audits(release)
    last = audits[0] if audits else None
    return {
        **status_context(release),
        "title": f"{listing.scope_title(release)}, {release.quarter.name}",
        "facts": facts(release),
        "form": form or PublishForm(),
        "blocked": gate.why_not(release),
        "is_draft": release.state == ReleaseState.BUILT,
        "may_set_aside": release.state in selectors.WAITING,
        "seen": str(last.pk) if last else "",
        "audit": audit_of(last) if last else None,
        "others": [audit_of(run) for run in audits[1:]],
        "tables": [hidden_of(release, row) for row in selectors.tables(release)],
        "page_url": reverse("dashboards:release", args=[release.slug]) if release.is_published else "",
    }


def facts(release: Release) -> list[tuple[str, str]]:
    """Names and values; a value that is not known is left out."""
    quarter, rules = release.quarter, release.rules
    counted = f"du {date_long(quarter.counted_from)} au {date_long(quarter.last_day)}"
    told = [
        ("Associations", listing.size_words(release)),
        ("Campagnes comptées", f"closes {counted}"),
        ("Seuils", _thresholds(rules)),
        ("Portée", release.programme.funder_name if release.programme else "la France entière"),
        ("Données", "associations inventées, pour la démonstration" if release.is_demo else ""),
        ("Demandée", _moment(release.requested_at, release.requested_by)),
        ("Construite", _moment(release.built_at, None)),
        ("Publiée", _moment(release.published_at, release.published_by)),
    ]
    return [(name, nbsp(value)) for name, value in told if value]


def _thresholds(rules: Mapping[str, Any]) -> str:
    if "k" not in rules:
        return ""
    said = f"{rules['k']} associations par nombre, arrondi à {rules.get('rounding', 5)} près"
    return f"{said}, {rules['dominance']} % d’un montant pour une seule" if "dominance" in rules else said


def _moment(at: datetime | None, person: object) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day_and_hour(local)}{listing.by(person)}"


def audit_of(run: AuditRun) -> Audit:
    result = "Aucune attaque ne réussit" if run.is_clean else gate.leaks(run).capitalize()
    attacks = tuple(attack_of(attack) for attack in run.attacks)
    return Audit(_moment(run.run_at, None), nbsp(result), run.is_clean, attacks)


def attack_of(data: Mapping[str, Any]) -> Attack:
    """``data``: a line of ``AuditRun.attacks``."""
    findings = tuple(nbsp(sentence) for sentence in data["findings"])
    tried = int(data["tries"])
    if findings:
        result = count(len(findings), "fuite", "fuites")
    else:
        result = NOTHING_FOUND if tried else NOT_TRIED
    note = nbsp(data.get("note", ""))
    return Attack(data["code"], nbsp(data["title"]), number(tried), result, findings, note)


def hidden_of(release: Release, row: selectors.TableRow) -> Hidden:
    reasons = sorted(row.reasons.items(), key=lambda item: (-item[1], item[0]))
    return Hidden(
        url=reverse("dashboards:compare", args=[release.pk, row.key]),
        title=nbsp(row.title),
        hidden=number(row.hidden),
        reasons=tuple(nbsp(f"{Suppressed(reason).label} : {number(cells)}") for reason, cells in reasons),
    )
