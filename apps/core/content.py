"""Published content: YAML files of ``fixtures/content`` read as plain data."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


def read_yaml(*parts: str) -> Any:
    """The data of ``fixtures/content/<parts>``; the file's name is in the error when it is malformed."""
    path = Path(settings.CONTENT_DIR, *parts)
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} : contenu illisible ({error}).") from error
