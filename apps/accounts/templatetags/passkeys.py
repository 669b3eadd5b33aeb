from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a ``data-`` attribute that a script of ours reads; escaped like any other text."""
    return json.dumps(value, cls=DjangoJSONEncoder, indent=0)
