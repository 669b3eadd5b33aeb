"""What a sheet needs before readers see it (pure): each lack says where it is and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apps.editorial.shape import Lack, is_web
from apps.webinars.sheet import PILLARS, Sheet

SUMMARY_WORDS = (120, 200)
ESSENTIAL_WORDS = (30, 90)
TEASER_LENGTH = 260


@dataclass(frozen=True, slots=True)
class References:
    """Codes that exist: a sheet cites no other."""

    goals: frozenset[int]
    fragilities: frozenset[str]
    levels: frozenset[str]
    regions: frozenset[str]
    sizes: frozenset[str]
    people: frozenset[str]
    organisations: frozenset[str]


def lacks(sheet: Sheet, known: References) -> list[Lack]:
    """Empty when the sheet may be published."""
    return [*unknown(sheet, known), *(lack for check in CHECKS for lack in check(sheet))]


def unknown(sheet: Sheet, known: References) -> Iterator[Lack]:
    """Codes and slugs that lead nowhere."""
    for field, cited, existing in (
        ("goals", {*sheet.goals, *sheet.related_goals}, known.goals),
        ("fragilities", set(sheet.fragilities), known.fragilities),
        ("levels", set(sheet.levels), known.levels),
        ("regions", set(sheet.regions), known.regions),
        ("sizes", set(sheet.sizes), known.sizes),
        ("speakers", set(sheet.people()), known.people),
        ("speakers", set(sheet.organisations()), known.organisations),
    ):
        lost = sorted(str(code) for code in cited - existing)
        if lost:
            yield Lack(field, f"« {', '.join(lost) or '(vide)'} » n’existe pas : choisissez dans la liste.")


def identity(sheet: Sheet) -> Iterator[Lack]:
    if not sheet.title:
        yield Lack("title", "Le titre officiel manque.")
    if not sheet.short_title:
        yield Lack("short_title", "Le titre court manque : c’est lui que montrent les listes.")
    if sheet.date is None:
        yield Lack("date", "La date du webinaire manque.")
    if not sheet.cycle:
        yield Lack("cycle", "Choisissez le cycle.")
    if not sheet.source.label:
        yield Lack("source", "Dites d’où viennent les faits.")


def tagging(sheet: Sheet) -> Iterator[Lack]:
    if not sheet.fragilities:
        yield Lack("fragilities", "Choisissez au moins une fragilité.")
    if not sheet.pillars:
        yield Lack("pillars", "Choisissez au moins un appui.")
    for field in ("goals", "related_goals", "fragilities", "pillars", "levels", "regions", "sizes"):
        codes = getattr(sheet, field)
        if len(set(codes)) != len(codes):
            yield Lack(field, "Une même étiquette y est deux fois : retirez l’une des deux.")
    if set(sheet.goals) & set(sheet.related_goals):
        yield Lack("related_goals", "Un ODD nommé par le titre ne se répète pas parmi les ODD proches.")


def texts(sheet: Sheet) -> Iterator[Lack]:
    low, high = SUMMARY_WORDS
    if not low <= sheet.words <= high:
        yield Lack("summary", f"Le résumé compte {sheet.words} mots : il en faut de {low} à {high}.")
    count = len(" ".join(sheet.essential).split())
    low, high = ESSENTIAL_WORDS
    if not low <= count <= high:
        yield Lack(
            "essential",
            f"L’essentiel compte {count} mots : il en faut de {low} à {high}, pour trente secondes.",
        )
    if not sheet.teaser:
        yield Lack("teaser", "La phrase de présentation manque : c’est elle que montrent les listes.")
    elif len(sheet.teaser) > TEASER_LENGTH:
        yield Lack("teaser", f"La phrase de présentation dépasse {TEASER_LENGTH} caractères.")
    if not sheet.takeaway:
        yield Lack("takeaway", "« À emporter » manque : une phrase que l’on retient.")
    for pillar in sheet.pillars:
        if pillar in PILLARS and not getattr(sheet.pillar_reading, pillar):
            yield Lack(
                "pillar_reading", "Dites en une phrase comment le cas s’appuie sur chaque appui choisi."
            )
            return


def people(sheet: Sheet) -> Iterator[Lack]:
    if not sheet.speakers:
        yield Lack("speakers", "Nommez au moins une personne qui a témoigné.")
    places = [(speaker.person, speaker.organisation) for speaker in sheet.speakers]
    if len(set(places)) != len(places):
        yield Lack("speakers", "Une même personne y est deux fois pour la même organisation.")
    there = {speaker.person for speaker in sheet.speakers}
    if set(sheet.people()) - there:
        yield Lack("points_of_view", "Un regard cite une personne absente de la liste des intervenants.")


def substance(sheet: Sheet) -> Iterator[Lack]:
    if not sheet.points_of_view:
        yield Lack("points_of_view", "Racontez au moins un regard.")
    if any(not (view.theme and view.text) for view in sheet.points_of_view):
        yield Lack("points_of_view", "Chaque regard demande un titre et un texte.")
    if any(not (figure.value and figure.label) for figure in sheet.figures):
        yield Lack("figures", "Chaque chiffre demande une valeur et ce qu’elle compte.")
    if any(
        figure.whole is not None and not 0 <= (figure.number or 0) <= figure.whole for figure in sheet.figures
    ):
        yield Lack("figures", "Une part ne dépasse pas son total.")
    if any(not lever.title for lever in sheet.levers):
        yield Lack("levers", "Chaque levier demande un titre.")
    if sheet.model and not (sheet.model.rows or sheet.model.note):
        yield Lack("model", "Remplissez le tableau des trois appuis, ou dites pourquoi il est vide.")


def links(sheet: Sheet) -> Iterator[Lack]:
    if not (sheet.replay.url or sheet.replay.reason):
        yield Lack("replay", "Donnez le lien de l’enregistrement, ou dites pourquoi il n’y en a pas.")
    for field, url in (("replay", sheet.replay.url), ("source", sheet.source.url)):
        if url and not is_web(url):
            yield Lack(field, f"« {url} » n’est pas une adresse du web : elle commence par https://.")


CHECKS: tuple[Callable[[Sheet], Iterator[Lack]], ...] = (identity, tagging, texts, people, substance, links)
