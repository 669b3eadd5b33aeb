"""How each kind of item is laid out on paper and in the text (pure): a table where one compares, else one under another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from apps.methodology.choices import UNTITLED
from apps.methodology.dossier import words
from apps.methodology.dossier.blocks import Block, Cell, Entry, Facts, Grid, Said
from apps.methodology.dossier.contents import Listing, Thing, ToolPart
from apps.methodology.dossier.prose import passages
from apps.methodology.tools.photograph import COSTS, IN_KIND, PILLARS, RESOURCES, SCALES, STAGES, cell
from apps.methodology.tools.specs import FieldSpec, FieldType

Things = Sequence[Thing]
NUMBERS = (FieldType.NUMBER, FieldType.EUROS)
WHOLE = "L’association dans son ensemble"
YEARS_A_TABLE = 4
# Told with the figures of their scenario: ``simulated``.
ELSEWHERE = ("hypothesis",)
SHORT_UNITS = ("€", "%", "jours")


def tool(part: ToolPart) -> tuple[Block, ...]:
    """Kinds that belong to another are under their parents."""
    return tuple(
        block
        for listing in part.listings
        if listing.things and not listing.kind.of
        for block in LAYOUTS.get(listing.kind.code, plain)(listing)
    )


# --- one under another -------------------------------------------------------------------------------------------
def plain(listing: Listing) -> list[Block]:
    if listing.kind.is_single:
        return body(listing.things[0])
    return [entry(thing, kicker=words.capital(listing.kind.singular)) for thing in listing.things]


def entry(thing: Thing, skip: Sequence[str] = (), kicker: str = "") -> Entry:
    return Entry(thing.title, tuple(body(thing, (thing.kind.title, *skip))), kicker)


def body(thing: Thing, skip: Sequence[str] = ()) -> list[Block]:
    """Short fields first, then each text under its label, then what belongs to it."""
    fields = [field for field in thing.fields if field.spec.code not in skip]
    short = tuple((field.spec.label, field.words) for field in fields if field.spec.type != FieldType.TEXT)
    texts = [Said(f.spec.label, passages(f.words)) for f in fields if f.spec.type == FieldType.TEXT]
    children = [one for one in thing.children if one.kind.code not in ELSEWHERE]
    under = [table(children, "under", words.capital(children[0].kind.plural))] if children else []
    return [*([Facts(short)] if short else []), *texts, *under]


# --- tables ------------------------------------------------------------------------------------------------------
def table(things: Things, name: str, caption: str = "", codes: Sequence[str] = ()) -> Grid:
    """A row for each item; the columns that are empty everywhere are left out."""
    kind = things[0].kind
    specs = [kind.field(code) for code in codes] or list(kind.fields)
    used = [
        spec
        for place, spec in enumerate(specs)
        if place == 0 or any(thing.words(spec.code) for thing in things)
    ]
    columns = tuple(Cell(headed(spec), is_number=spec.type in NUMBERS) for spec in used)
    rows = tuple(
        tuple(
            Cell(figure(thing, spec) or (UNTITLED if place == 0 else ""), is_number=spec.type in NUMBERS)
            for place, spec in enumerate(used)
        )
        for thing in things
    )
    return Grid(name, caption, columns, rows)


def headed(spec: FieldSpec) -> str:
    return f"{spec.label} ({spec.unit})" if spec.unit in SHORT_UNITS else spec.label


def figure(thing: Thing, spec: FieldSpec) -> str:
    """Its unit is told by the header."""
    said = thing.words(spec.code)
    return said.removesuffix(f"\u00a0{spec.unit}") if spec.unit else said


def rest(listing: Listing, shown: Sequence[str]) -> list[Block]:
    """What the table above has no room for, item by item."""
    made = [entry(thing, shown) for thing in listing.things]
    return [one for one in made if one.blocks]


def tabled(name: str, *codes: str) -> Callable[[Listing], list[Block]]:
    """A table of ``codes``, then the other fields item by item."""

    def layout(listing: Listing) -> list[Block]:
        caption = words.capital(listing.kind.plural)
        return [table(listing.things, name, caption, codes), *rest(listing, codes)]

    return layout


def photographs(listing: Listing) -> list[Block]:
    return [Entry(thing.words("activity") or WHOLE, (photograph(thing),)) for thing in listing.things]


def photograph(thing: Thing) -> Grid:
    """Three stages across; the pillars, each here and beyond, down."""
    columns = (Cell("Pilier"), *(Cell(words.capital(label)) for _, label in STAGES))
    rows = tuple(
        (Cell(name, where), *(Cell(thing.words(cell(pillar, scale, stage))) for stage, _ in STAGES))
        for pillar, name in PILLARS
        for scale, where in SCALES
    )
    return Grid("photograph", "", columns, rows)


def years(listing: Listing) -> list[Block]:
    """The accounts of the whole first, then of each activity; the years side by side."""
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in listing.things:
        groups[thing.words("activity")].append(thing)
    found: list[Block] = []
    for name in sorted(groups, key=bool):
        rows = sorted(groups[name], key=lambda thing: thing.words("year"))
        starts = range(0, len(rows), YEARS_A_TABLE)
        found += [accounts(rows[start : start + YEARS_A_TABLE], name or WHOLE) for start in starts]
    return found


def accounts(things: Things, caption: str) -> Grid:
    natures = [
        ("Ressources", RESOURCES),
        ("Charges", COSTS),
        ("En nature", [(c, label) for c, label, _ in IN_KIND]),
    ]
    rows = []
    for heading, lines in natures:
        for code, label in lines:
            said = [thing.words(code) for thing in things]
            if any(said):
                rows.append((Cell(label, heading), *(Cell(one, is_number=True) for one in said)))
    columns = (
        Cell("Nature"),
        *(Cell(thing.words("year") or "Sans date", is_number=True) for thing in things),
    )
    return Grid("accounts", caption, columns, tuple(rows))


LAYOUTS: dict[str, Callable[[Listing], list[Block]]] = {
    "meeting": tabled("meetings", "title", "date", "step", "who", "delivers"),
    "activity": tabled("activities", "title", "fragilities", "levels", "beneficiaries", "people", "place"),
    "photograph": photographs,
    "year": years,
    "lever": tabled("levers", "title", "pillar", "branch", "decision", "activities"),
    "action": tabled("actions", "title", "owner", "starts", "due", "pillar", "cost", "progress"),
}
