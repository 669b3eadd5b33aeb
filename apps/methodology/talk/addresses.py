"""Where an item, a step or what was said of it is found."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from apps.methodology.models import Comment, Item
from apps.methodology.tools import KINDS, TOOL_OF_KIND


def item_url(item: Item) -> str:
    """Where its fields are: on the tool’s page for a single one, else on its own page or its parent’s."""
    if KINDS[item.kind].is_single:
        return reverse("method:tool", args=[item.engagement_id, TOOL_OF_KIND[item.kind].code])
    if KINDS[item.kind].shown_at and item.parent_id:
        return shown_at(item.kind, item.engagement_id, item.parent_id, item.pk)
    return reverse("method:item", args=[item.engagement_id, item.parent_id or item.pk])


def shown_at(kind: str, engagement: UUID, parent: UUID, item: UUID) -> str:
    """On a page of its parent’s that opens one at a time."""
    return f"{reverse(KINDS[kind].shown_at, args=[engagement, parent])}?ouvrir={item}#e-{item}"


def thread_url(comment: Comment) -> str:
    """With the comment in view."""
    name, key = ("comments", comment.item_id) if comment.item_id else ("step_comments", comment.step)
    return reverse(f"method:{name}", args=[comment.engagement_id, key]) + f"#c-{comment.pk}"
