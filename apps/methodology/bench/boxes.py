"""One field as it stands on a page: its inputs, its version, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.methodology.bench.words import said, typed
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.methodology.tools.values import is_empty

WIDGETS = {
    FieldType.LINE: "line",
    FieldType.TEXT: "text",
    FieldType.NUMBER: "number",
    FieldType.EUROS: "number",
    FieldType.DATE: "date",
    FieldType.YES_NO: "yes_no",
    FieldType.CHOICE: "choice",
    FieldType.MEMBER: "choice",
    FieldType.ITEM: "choice",
    FieldType.CHOICES: "choices",
    FieldType.ITEMS: "choices",
    FieldType.SHARES: "shares",
}
PARTS = ("richesses humaines", "ressources financières", "alliances")
HORIZONS = ("18 mois", "7 ans", "28 ans")


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one field: what is there now, who wrote it, and its words."""

    by: str
    theirs: str
    raw: list[str]
    version: int

    @property
    def joined(self) -> str:
        """The values as one attribute of the page: no typed text holds this separator (``values.clean``)."""
        return "\x1f".join(self.raw)


@dataclass(frozen=True, slots=True)
class Box:
    """``name``: item:code, as scripts know it; ``id``: of the first input; ``said``: the value in words."""

    item: str
    spec: FieldSpec
    value: Any
    version: int
    said: str
    options: list[Option] = field(default_factory=list)
    writes: bool = False
    error: str = ""
    typed: list[str] | None = None  # what was refused, kept on the screen
    clash: Clash | None = None
    prefix: str = ""  # of the names of its inputs, when a page holds several rows

    @property
    def name(self) -> str:
        return f"{self.item}:{self.spec.code}"

    @property
    def id(self) -> str:
        return f"f-{self.item}-{self.spec.code}"

    @property
    def template(self) -> str:
        return f"methodology/bench/widgets/{WIDGETS[self.spec.type]}.html"

    @property
    def is_group(self) -> bool:
        return WIDGETS[self.spec.type] in ("choices", "shares")

    @property
    def text(self) -> str:
        """Of a one-input field, as it is typed."""
        if self.typed is not None:
            return self.typed[0] if self.typed else ""
        return "" if is_empty(self.value) else typed(self.spec, self.value)

    @property
    def most(self) -> int:
        return self.spec.most if self.spec.type in (FieldType.LINE, FieldType.TEXT) else 0

    @property
    def is_on(self) -> bool:
        return bool(self.value) if self.typed is None else bool(self.typed)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The three numbers of shares."""
        names = HORIZONS if self.spec.code == "effort" else PARTS
        values: Sequence[Any] = self.typed if self.typed is not None else self.value or []
        values = [*values, "", "", ""]
        return [{"label": label, "value": values[place]} for place, label in enumerate(names)]


def box(
    item: Any,
    spec: FieldSpec,
    value: Any,
    version: int,
    labels: Mapping[str, str],
    words: Mapping[str, str],
    **more: Any,
) -> Box:
    """``labels``: what may be chosen now; ``words``: also what was chosen before."""
    chosen = more.get("typed")
    if chosen is None:
        chosen = value if isinstance(value, list) else [] if is_empty(value) else [str(value)]
    chosen = [code for code in chosen if code]
    options = [Option(code, label, code in chosen) for code, label in labels.items()]
    kept = [
        Option(code, words.get(code, "choix retiré"), True) for code in map(str, chosen) if code not in labels
    ]
    is_choice = WIDGETS[spec.type] in ("choice", "choices")
    return Box(
        item=str(item),
        spec=spec,
        value=value,
        version=version,
        said=said(spec, value, words),
        options=[*options, *kept] if is_choice else [],
        **more,
    )
