"""Components that need a line of Python; the others are plain includes of ``templates/ui``."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

DOORS = (
    ("comprendre", "Comprendre"),
    ("s-informer", "S’informer"),
    ("se-former", "Se former"),
    ("agir", "Agir"),
    ("accompagner", "Accompagner"),
)


@register.simple_tag(takes_context=True)
def nav_doors(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The five doors with the current one, told by the page's ``door``."""
    current = context.get("door", "")
    return [
        {"url": reverse("pages:door", args=[slug]), "name": name, "current": slug == current}
        for slug, name in DOORS
    ]
