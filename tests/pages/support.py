"""What the tests of public pages share: their addresses, their words, and content cut down to a few rows."""

from __future__ import annotations

import html
import re
from typing import Any

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Fragility, Goal, Resource
from apps.core.typography import nbsp
from apps.diagnostic.models import Lever
from apps.pages.understand import SECTIONS

DOORS = ("comprendre", "s-informer", "se-former", "agir", "accompagner")
TEXTS = ("/glossaire/", "/accessibilite/", "/mentions-legales/", "/confidentialite/", "/plan-du-site/")
PAGES = (
    "/",
    *(f"/{slug}/" for slug in DOORS),
    *(f"/comprendre/{section.slug}/" for section in SECTIONS),
    *TEXTS,
    "/s-informer/agenda/",
    "/catalogue/",
    "/catalogue/odd/8/",
    "/catalogue/fragilites/emploi/",
    "/agir/methode/",
    "/agir/methode/cadrer-et-mobiliser/",
    "/se-former/changements/",
    "/bibliotheque/",
    "/bibliotheque/webinaire-2022-01-20/",
    "/bibliotheque/personnes/",
    "/bibliotheque/organisations/",
    "/s-informer/21-mesures/",
    "/publications/",
)


def said(response: Any) -> str:
    """The visible words of a page, with plain spaces."""
    return words(response.content.decode())


def words(source: str) -> str:
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|title)\b.*?</\1>", " ", source, flags=re.S))
    return re.sub(r"\s+", " ", spaced(html.unescape(text)))


def spaced(text: str) -> str:
    """The text with plain spaces, as :func:`said` gives it."""
    return nbsp(text).replace("\u202f", " ").replace("\u00a0", " ")


def title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    assert found
    return html.unescape(found[1]).strip()


def local_links(response: Any) -> set[str]:
    """Addresses of this site, without their fragments."""
    found = re.findall(r'href="(/[^"#]*)', response.content.decode())
    return {html.unescape(link) for link in found if not link.startswith("/static/")}


def keep_only(count: int) -> None:
    """The published lists, cut to this many rows each."""
    Lever.objects.all().delete()
    for kind in ResourceKind:
        rows = Resource.objects.filter(kind=kind)
        # The module is one, and the door « Se former » names it.
        rows.exclude(pk__in=list(rows.order_by("position").values_list("pk", flat=True)[:count])).delete()
    for model in (Fragility, Goal):
        kept = list(model._default_manager.order_by("position").values_list("pk", flat=True)[:count])
        model._default_manager.exclude(pk__in=kept).delete()
