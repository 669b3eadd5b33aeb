"""Why a release may not be published or set aside, in French sentences for operators."""

from __future__ import annotations


class NotPublishable(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """What was asked is not done, and nothing has changed; the text says why and what to do."""
