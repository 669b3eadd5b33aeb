"""An undefined variable in one of our templates is a fault, not an empty string."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.base import Origin

OURS = str(
    Path(settings.BASE_DIR if hasattr(settings, "BASE_DIR") else Path(__file__).parents[2]) / "templates"
)


class UndefinedVariable(str):
    """``string_if_invalid`` that raises when a template of ours prints a name that does not exist."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, missing: Any) -> str:
        raise AssertionError(f"undefined template variable: {missing}")


__all__ = ["OURS", "Origin", "UndefinedVariable"]
