"""Loads ``fixtures/content/course``: the steps and the board's module. A page that curators changed is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from apps.core.content import read_yaml
from apps.course import checks, orientation, selectors, sheet
from apps.course.models import Page
from apps.course.practical.requests import request_missing
from apps.course.services.pages import publish_file
from apps.editorial.shape import ShapeError

FOLDER = "course"
PATHS = "paths.yaml"


class ContentError(ValueError):
    """A file cannot be published as it is; the message says which and why, in French."""


def load() -> str:
    """Idempotent; one sentence that tells what was done. ContentError refuses a doubtful file."""
    known = selectors.references()
    written, kept = 0, list[str]()
    for path in sorted(Path(settings.CONTENT_DIR, FOLDER).glob("*.yaml")):
        if path.name == PATHS:
            continue
        said = read_page(path.name, read_yaml(FOLDER, path.name), known)
        done = publish_file(said)
        written += done is True
        if done is None:
            kept.append(said.slug)
    request_missing()  # sheets whose look changed, or that were purged
    orientation.read(read_yaml(FOLDER, PATHS))  # refused now rather than when somebody asks for her path
    told = f"{Page.objects.filter(sheet__isnull=False).count()} pages publiques, {written} écrites"
    return f"{told} ; laissées telles que la curation les a faites : {', '.join(kept)}" if kept else told


def read_page(name: str, data: Any, known: checks.References) -> sheet.Page:
    """The page of one file. ContentError when it may not be published."""
    try:
        said = sheet.read(data)
    except ShapeError as error:
        raise ContentError(f"{name} : {error}") from error
    if found := checks.lacks(said, known):
        raise ContentError(f"{name} : " + " ".join(f"[{lack.field}] {lack.text}" for lack in found))
    return said
