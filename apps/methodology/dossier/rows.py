"""One file on a page that asks for files: that of the dossier, and that of the choice of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from apps.documents.models import Document

Format = TypeVar("Format")


@dataclass(frozen=True, slots=True)
class FileRow(Generic[Format]):
    """``document``: the last one asked for, or None. ``is_current``: nothing it says was written since."""

    format: Format
    url: str
    document: Document | None
    is_current: bool

    @property
    def is_ready(self) -> bool:
        return self.document is not None and self.document.is_ready

    @property
    def is_waiting(self) -> bool:
        return self.document is not None and self.document.is_waiting

    @property
    def is_failed(self) -> bool:
        return self.document is not None and self.document.is_failed

    @property
    def may_ask(self) -> bool:
        return not self.is_waiting and not (self.is_ready and self.is_current)
