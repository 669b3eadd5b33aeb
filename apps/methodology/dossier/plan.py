"""What an archive would write here, checked value by value (pure): its faults, and what this platform would leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.core.typography import count
from apps.methodology.choices import OF_ITEMS
from apps.methodology.dossier import schema, words
from apps.methodology.dossier.sent import Sent
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType, Kind
from apps.methodology.tools.values import Value, ValueFault, clean, is_empty

Lists = Mapping[str, Mapping[str, str]]
TEXTUAL = (
    FieldType.LINE, FieldType.TEXT, FieldType.NUMBER, FieldType.EUROS, FieldType.DATE, FieldType.CHOICE,
    FieldType.ITEM, FieldType.MEMBER,
)  # fmt: skip
CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)


@dataclass(frozen=True, slots=True)
class NewItem:
    """``people``: (label of the field, name), of the fields that named somebody who is not here."""

    key: str
    kind: Kind
    parent: str | None
    values: dict[str, Value]
    people: list[tuple[str, str]]


@dataclass(slots=True)
class Plan:
    """``kinds``: key of each item sent → its kind; ``faults``: why nothing can be written; ``losses``: what would not be; ``remarks``: what changes on the way."""

    sent: Sent
    kinds: dict[str, str] = field(default_factory=dict)
    items: list[NewItem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def plan(sent: Sent, lists: Lists) -> Plan:
    made = Plan(sent, {item.key: item.kind for item in sent.items})
    check_keys(made)
    for item in sent.items:
        if item.kind not in KINDS:
            made.losses.append(
                f"« {item.title or item.key} »\u00a0: sorte d’élément inconnue ici ({item.kind})"
            )
            continue
        made.items.append(new_item(item, made, lists))
    check_numbers(made)
    check_talk(made)
    check_cards(made, lists)
    made.remarks += remarks(made)
    return made


# --- items -------------------------------------------------------------------------------------------------------
def check_keys(made: Plan) -> None:
    sent = made.sent
    for rows in ([item.key for item in sent.items], [one.key for one in sent.decisions]):
        made.faults += [
            f"« {key} » nomme deux éléments" for key, number in Counter(rows).items() if number > 1
        ]
    numbers = Counter(step.number for step in sent.steps)
    made.faults += [f"l’étape {step} y est deux fois" for step, number in numbers.items() if number > 1]
    versions = Counter(note.number for note in made.sent.notes)
    made.faults += [
        f"la version {one} de la note y est deux fois" for one, number in versions.items() if number > 1
    ]


def check_numbers(made: Plan) -> None:
    for code, number in Counter(item.kind.code for item in made.items).items():
        kind = KINDS[code]
        most = 1 if kind.is_single else kind.most
        if number > most:
            made.faults.append(f"{number} {kind.plural}\u00a0: {most} au plus")


def new_item(item: schema.Item, made: Plan, lists: Lists) -> NewItem:
    kind = KINDS[item.kind]
    check_parent(item, kind, made)
    values: dict[str, Value] = {}
    people = []
    for code, number in Counter(one.code for one in item.fields).items():
        if number > 1:
            made.faults.append(f"{called(item, kind)}\u00a0: le champ « {code} » y est deux fois")
    for one in item.fields:
        spec = kind.by_code.get(one.code)
        if spec is None:
            made.losses.append(f"{called(item, kind)}, « {one.label or one.code} »\u00a0: champ inconnu ici")
        elif spec.type == FieldType.MEMBER:
            people += [(spec.label, name)] if (name := person(item, one, made)) else []
        elif not is_empty(value := checked(item, spec, one.value, made, lists)):
            values[one.code] = value
    return NewItem(item.key, kind, item.parent, values, people)


def check_parent(item: schema.Item, kind: Kind, made: Plan) -> None:
    parent = made.kinds.get(item.parent or "", "")
    if parent != kind.of or (item.parent and not parent):
        made.faults.append(f"{called(item, kind)}\u00a0: l’élément dont il dépend n’est pas dans l’archive")


def called(item: schema.Item, kind: Kind) -> str:
    return f"{words.capital(kind.singular)} « {(item.title or item.key)[:60]} »"


def person(item: schema.Item, one: schema.FieldValue, made: Plan) -> str:
    if not isinstance(one.value, str):
        made.faults.append(f"{item.key}, « {one.label} »\u00a0: un nom est attendu")
        return ""
    return schema.plain(" ".join(one.value.split()))[:150]


def checked(item: schema.Item, spec: FieldSpec, raw: Any, made: Plan, lists: Lists) -> Value:
    where = f"{called(item, KINDS[item.kind])}, « {spec.label} »"
    if not fits(spec, raw):
        made.faults.append(f"{where}\u00a0: cette valeur n’a pas la forme attendue")
        return None
    allowed = choices(spec, made, lists)
    if spec.type in CHOOSING:
        raw = known(where, raw, allowed, made)
    try:
        return clean(spec, raw, allowed)
    except ValueFault as fault:
        said = "un élément qu’il cite n’est pas dans l’archive" if spec.type in OF_ITEMS else str(fault)
        made.faults.append(f"{where}\u00a0: {said}")
        return None


def fits(spec: FieldSpec, raw: Any) -> bool:
    if spec.type in TEXTUAL:
        return isinstance(raw, str)
    if spec.type == FieldType.YES_NO:
        return isinstance(raw, bool)
    of = int if spec.type == FieldType.SHARES else str
    return isinstance(raw, list) and all(type(one) is of for one in raw)


def choices(spec: FieldSpec, made: Plan, lists: Lists) -> list[str]:
    if spec.choices:
        return [code for code, _ in spec.choices]
    if spec.type in OF_ITEMS:
        return [key for key, kind in made.kinds.items() if kind == spec.source]
    return list(lists.get(spec.source, {}))


def known(where: str, raw: Any, allowed: list[str], made: Plan) -> Any:
    """Without the choices that the lists of this platform do not have."""
    asked = [raw] if isinstance(raw, str) else raw
    strange = [code for code in asked if code and code not in allowed]
    made.losses += [f"{where}\u00a0: choix inconnu ici ({code[:40]})" for code in strange]
    kept = [code for code in asked if code not in strange]
    return (kept[0] if kept else "") if isinstance(raw, str) else kept


# --- what is said ------------------------------------------------------------------------------------------------
def check_talk(made: Plan) -> None:
    sent = made.sent
    items = {item.key for item in sent.items}
    decisions = {one.key for one in sent.decisions}
    about = [(one.key, one.item) for one in sent.decisions]
    about += [(f"commentaire {number}", one.item) for number, one in enumerate(sent.comments, 1)]
    for where, item in about:
        if item and item not in items:
            made.faults.append(f"{where}\u00a0: l’élément dont il est question n’est pas dans l’archive")
    for said in sent.decisions:
        if said.replaces and (said.replaces not in decisions or said.replaces == said.key):
            made.faults.append(f"{said.key}\u00a0: la décision qu’elle remplace n’est pas dans l’archive")
    for step in sent.steps:
        if step.stage == "skipped" and not step.why_skipped.strip():
            made.faults.append(f"étape {step.number}\u00a0: elle est passée sans dire pourquoi")
        if any(one.verdict == "sent_back" and not one.reason.strip() for one in step.validations):
            made.faults.append(f"étape {step.number}\u00a0: elle est à reprendre sans dire pourquoi")


def check_cards(made: Plan, lists: Lists) -> None:
    for one in made.sent.workshops:
        cards = [*one.loose, *(card for pile in one.piles for card in pile.cards)]
        for code in sorted(
            {card.pillar for card in cards if card.pillar and card.pillar not in lists["pillars"]}
        ):
            made.losses.append(f"Atelier « {one.title[:60]} »\u00a0: pilier inconnu ici ({code})")


def remarks(made: Plan) -> list[str]:
    sent = made.sent
    named = sum(len(item.people) for item in made.items)
    going = sum(one.stage != "over" for one in sent.workshops)
    authors = any(card.author for one in sent.workshops for pile in one.piles for card in pile.cards)
    said = {
        f"Personne n’est repris avec son compte\u00a0: {count(named, 'nom', 'noms')} de responsables sont notés en commentaire des éléments.": named,
        "Les ateliers qui étaient en cours sont repris comme terminés.": going,
        "Les notes présentées à la signature sont reprises avec leurs signatures, telles que l’archive les écrit\u00a0: pour en recueillir ici, présentez la note de nouveau.": len(
            sent.notes
        ),
        "Les noms des auteurs des cartes d’atelier ne sont pas repris.": authors,
    }
    return [sentence for sentence, true in said.items() if true]
