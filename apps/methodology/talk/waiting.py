"""What somebody is waited for, in words: for the page, and for the mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator

from apps.methodology.choices import name_of
from apps.methodology.models import Comment, Engagement, Mention
from apps.methodology.talk.addresses import thread_url
from apps.methodology.talk.selectors import item_names, step_titles

EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    who: str
    at: datetime
    excerpt: str
    about: str
    engagement: Engagement
    url: str


def rows(mentions: Sequence[Mention]) -> list[Row]:
    """``mentions`` with their comment, its seat, item and démarche. At most 2 queries, 3 when a step is named."""
    comments = [mention.comment for mention in mentions]
    names = item_names(comment.item for comment in comments if comment.item)
    titles: dict[int, dict[int, str]] = {}
    return [
        Row(
            pk=mention.pk,
            who=name_of(mention.comment.seat),
            at=mention.comment.at,
            excerpt=Truncator(mention.comment.text).chars(EXCERPT),
            about=names[mention.comment.item_id]
            if mention.comment.item_id
            else _step(mention.comment, titles),
            engagement=mention.comment.engagement,
            url=thread_url(mention.comment),
        )
        for mention in mentions
    ]


def _step(comment: Comment, titles: dict[int, dict[int, str]]) -> str:
    """Titles read once for an edition of the method."""
    edition = comment.engagement.edition
    if edition not in titles:
        titles[edition] = step_titles(comment.engagement)
    return titles[edition][comment.step]
