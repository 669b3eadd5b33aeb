"""Links of public cases: looked at each night, or when a curator asks; what fails keeps the day it began."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from apps.core.locks import alone
from apps.core.outbox import tell
from apps.editorial.shape import is_web
from apps.webinars.enums import LinkState
from apps.webinars.links import Found, look
from apps.webinars.models import LinkCheck, Webinar

logger = structlog.get_logger(__name__)

LOCK = 20_261_127  # any number that no other lock of ours takes
TOGETHER = 6
# A round ends before the time limit of the task; the links that wait longest are looked at first.
BUDGET = 60.0


def check_links() -> int:
    """How many links were looked at; none when another round is under way."""
    with alone(LOCK) as is_first:
        return look_at_all() if is_first else 0


def look_at_all() -> int:
    wanted = links()
    forget_others(wanted)
    deadline, count = time.monotonic() + BUDGET, 0
    urls = oldest_first(wanted)
    with ThreadPoolExecutor(TOGETHER) as pool:
        for start in range(0, len(urls), TOGETHER):
            if time.monotonic() > deadline:
                break
            batch = urls[start : start + TOGETHER]
            for url, found in zip(batch, pool.map(look, batch), strict=True):
                record(url, found, wanted[url])
                count += 1
    logger.info("links_checked", count=count, left=len(urls) - count)
    return count


def links() -> dict[str, list[int]]:
    """Address → cases whose readers may follow it. 1 query."""
    found: dict[str, list[int]] = defaultdict(list)
    for pk, said in Webinar.objects.filter(sheet__isnull=False).values_list("pk", "sheet"):
        for url in addresses(said or {}):
            found[url].append(pk)
    return found


def addresses(said: dict[str, dict[str, str]]) -> Iterator[str]:
    """Each once: the source may be the recording."""
    urls = (said.get(part, {}).get("url", "") for part in ("replay", "source"))
    return (url for url in dict.fromkeys(urls) if url and is_web(url))


def forget_others(wanted: dict[str, list[int]]) -> None:
    """Links that no public case has any more."""
    kept = {(pk, url) for url, pks in wanted.items() for pk in pks}
    rows = LinkCheck.objects.values_list("pk", "webinar", "url")
    LinkCheck.objects.filter(pk__in=[pk for pk, case, url in rows if (case, url) not in kept]).delete()


def oldest_first(wanted: dict[str, list[int]]) -> list[str]:
    seen = dict(LinkCheck.objects.order_by("-checked_at").values_list("url", "checked_at"))
    never = datetime.min.replace(tzinfo=timezone.get_current_timezone())
    return sorted(wanted, key=lambda url: (seen.get(url, never), url))


@transaction.atomic
def record(url: str, found: Found, cases: list[int]) -> None:
    """What was found, for each case that has this link; ``failing_since`` stays until it answers again."""
    now = timezone.now()
    since = dict(LinkCheck.objects.filter(url=url).values_list("webinar", "failing_since"))
    works = found.state == LinkState.WORKS
    # A case that left meanwhile is no longer there to be told.
    held = Webinar.objects.filter(pk__in=cases).values_list("pk", flat=True)
    for pk in held:
        LinkCheck.objects.update_or_create(
            webinar_id=pk,
            url=url,
            defaults={
                "state": found.state,
                "detail": found.detail[:200],
                "checked_at": now,
                "failing_since": None if works else since.get(pk) or now,
            },
        )


def ask_for_a_round() -> bool:
    """Tells a worker; false when no broker takes the message, within about a second."""
    try:
        tell("webinars.check_links")
    except Exception as error:  # any fault of a broker, of whatever library
        logger.warning("links_round_not_queued", error=str(error))
        return False
    return True
