"""The fields of a hypothesis as its sort words them: only those it asks, in the order of a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from apps.methodology.bench.boxes import Box, Option
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.simulator.sorts import ALL, SORTS, Choice, Quantity, Sort

BOUNDS = ("low", "mid", "high")
WORDS = {"low": "Au plus bas", "mid": "Le plus probable", "high": "Au plus haut"}
BOUND_HELP = {"low": "Vide : la plus probable.", "mid": "", "high": "Vide : la plus probable."}


@dataclass(frozen=True, slots=True)
class Asked:
    """``main``: what the three values are of; ``rest``: the other questions, one at a time."""

    sort: Sort | None
    title: Box
    kind: Box
    main: str
    bounds: list[Box]
    choices: list[Box]
    time: list[Box]
    rest: list[Box]
    notes: Box


@dataclass(frozen=True, slots=True)
class Family:
    name: str
    sorts: list[Sort]


def families() -> list[Family]:
    """In the order of the sorts."""
    names = dict.fromkeys(sort.family for sort in ALL)
    return [Family(name, [sort for sort in ALL if sort.family == name]) for name in names]


def asked(boxes: Mapping[str, Box]) -> Asked:
    """``boxes``: those of the whole kind, by code."""
    sort = SORTS.get(str(boxes["sort"].value or ""))
    if sort is None:
        return Asked(None, boxes["title"], boxes["sort"], "", [], [], [], [], boxes["notes"])
    time = ["starts", *(["lasts"] if sort.lasts != "no" else [])]
    return Asked(
        sort,
        boxes["title"],
        boxes["sort"],
        sort.main.label,
        [bound(boxes[code], sort.main) for code in BOUNDS],
        [chosen(boxes[one.code], one) for one in sort.choices],
        [boxes[code] for code in time]
        if sort.lasts != "needed"
        else [boxes["starts"], needed(boxes["lasts"])],
        [worded(boxes[one.code], one) for one in sort.quantities],
        boxes["notes"],
    )


def bound(box: Box, main: Quantity) -> Box:
    help_text = main.help if box.spec.code == "mid" else BOUND_HELP[box.spec.code]
    return respelled(box, WORDS[box.spec.code], main.unit, help_text)


def worded(box: Box, one: Quantity) -> Box:
    return respelled(box, one.label, one.unit, one.help)


def needed(box: Box) -> Box:
    return respelled(box, box.spec.label, box.spec.unit, "")


def respelled(box: Box, label: str, unit: str, help_text: str) -> Box:
    """The unit is also said where one reads only."""
    spec: FieldSpec = replace(box.spec, label=label, unit=unit, help=help_text)
    said = box.said.removesuffix(f"\u00a0{box.spec.unit}") if box.spec.unit else box.said
    said = f"{said}\u00a0{unit}" if said and spec.type in (FieldType.NUMBER, FieldType.EUROS) else said
    return replace(box, spec=spec, said=said)


def chosen(box: Box, one: Choice) -> Box:
    """Only what the sort allows, and what an older choice was."""
    options = [option for option in box.options if option.code in one.codes or option.is_on]
    default = next((option.label for option in box.options if option.code == one.default), "")
    help_text = f"Vide : {default[:1].lower()}{default[1:]}." if default else ""
    return replace(respelled(box, one.label, "", help_text), options=sorted_as(options, one))


def sorted_as(options: list[Option], one: Choice) -> list[Option]:
    order = {code: rank for rank, code in enumerate(one.codes)}
    return sorted(options, key=lambda option: order.get(option.code, len(order)))


def of_years(box: Box, years: Sequence[int]) -> Box:
    """A number that is chosen; one that is no longer there stays shown."""
    held = str(box.value or "")
    codes = dict.fromkeys([*map(str, years), *([held] if held else [])])
    options = [Option(code, code, code == held) for code in codes]
    return replace(box, spec=replace(box.spec, type=FieldType.CHOICE), options=options)
