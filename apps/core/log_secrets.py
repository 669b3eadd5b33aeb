"""Personal links stay out of logs and error reports: their token opens somebody's copy."""

import re
from collections.abc import MutableMapping
from typing import Any

from apps.core.secrets import TOKEN_LENGTH

TOKEN = re.compile(rf"(?<![\w-])[\w-]{{{TOKEN_LENGTH}}}(?![\w-])")


def mask(value: Any) -> Any:
    """Strings without anything that has the shape of a token; containers likewise."""
    if isinstance(value, str):
        return TOKEN.sub("…", value)
    if isinstance(value, dict):
        return {key: mask(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(mask, value))
    return value


def mask_tokens(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor."""
    for key in ("event", "request", "exception"):
        if key in event:
            event[key] = mask(event[key])
    return event


def mask_report(event: Any, hint: dict[str, Any]) -> Any:
    """Sentry's ``before_send``."""
    return mask(event)
