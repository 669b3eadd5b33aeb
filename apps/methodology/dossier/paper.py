"""The dossier on paper: the page that a worker turns into a PDF/UA file."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.figures import emblem
from apps.core.figures.triangle import Shares
from apps.methodology.dossier.contents import Contents
from apps.methodology.dossier.outline import outline
from apps.methodology.dossier.trim import trimmed

# Characters that a worker lays out well within the time it has.
LONGEST = 400_000


def html(contents: Contents) -> str:
    shown, aim = trimmed(outline(contents), LONGEST), balance(contents)
    return render_to_string(
        "methodology/dossier/paper.html",
        {
            "outline": shown,
            "today": timezone.localdate(),
            "emblem": emblem.logo(),
            "cover": emblem.cover(aim) if aim else None,
            "name_class": size(shown.title),
            "short_name": shortened(shown.association, 70),
            "site_name": settings.SITE_NAME,
        },
    )


def balance(contents: Contents) -> Shares | None:
    """The shares aimed at, once the team has set them."""
    said = next((thing.value("balance") for thing in contents.things() if thing.kind.code == "target"), None)
    return Shares(*said) if said else None


def size(name: str) -> str:
    """A long name is set smaller on the cover, so that it leaves room for the rest."""
    return "" if len(name) <= 40 else "long" if len(name) <= 90 else "longest"


def shortened(name: str, most: int) -> str:
    """For the margin of each page: whole words, then « … »."""
    return name if len(name) <= most else f"{name[: most - 1].rsplit(' ', 1)[0].rstrip(',;: ')}…"
