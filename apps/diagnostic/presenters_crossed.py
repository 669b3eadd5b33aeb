"""Regards croisés: where people see things differently, each with a question to debate (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.figures import strip
from apps.core.figures.roles import ROLES, legend
from apps.core.figures.svg import Svg
from apps.core.typography import count, join_list, nbsp, number
from apps.diagnostic.disclosure import MEDIAN_FROM, RANGE_FROM
from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.presenters_words import capital, css_of, in_words

WIDEST = 6  # drawn first; on paper the others are told with their axis, each with its question


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    css: str
    topic: str
    text: str
    debate: str
    svg: Svg
    said: str  # the figure in words: median, spread, means
    spread: str


@dataclass(frozen=True, slots=True)
class Crossed:
    title: str
    text: str
    widest: tuple[Item, ...]
    others: tuple[Item, ...]
    legend: tuple[tuple[Svg, str], ...]
    rule: str  # what is not shown, and why
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def entry(self) -> str:
        """In a table of contents: after a colon, without its final stop."""
        return self.title[:1].lower() + self.title[1:].removesuffix(".")

    @property
    def others_place(self) -> str:
        """On paper."""
        if len(self.others) == 1:
            return "Sa question est au bas du tableau de son axe."
        return "Leurs questions sont au bas du tableau de chaque axe."

    @property
    def others_label(self) -> str:
        count_of = len(self.others)
        return "Un autre sujet" if count_of == 1 else f"{capital(in_words(count_of))} autres sujets"


def crossed(questionnaire: Questionnaire, payload: Mapping[str, Any], rows: Sequence[Mapping[str, Any]],
            respondents: int) -> Crossed:  # fmt: skip
    by_code = {row["code"]: row for row in rows}
    wide = [by_code[found["question"]] for found in payload["divergences"] if found["question"] in by_code]
    seen = {role for row in rows for role in row["roles"]}
    items = tuple(_item(row, questionnaire, seen) for row in wide if row["median"] is not None)
    title, text = _title(len(items), len(questionnaire.statements), respondents)
    return Crossed(
        title,
        nbsp(text),
        items[:WIDEST],
        items[WIDEST:],
        _legend(respondents, seen),
        nbsp(_rule(respondents)),
        ("Énoncé", "Médiane", "Écart", *(ROLES[role].title for role in ROLES if role in seen)),
        tuple(_cells(row, questionnaire, seen) for row in wide),
    )


def _title(items: int, statements: int, respondents: int) -> tuple[str, str]:
    if respondents < MEDIAN_FROM:
        return (
            "Il faut trois regards pour les croiser.",
            f"{count(respondents, 'personne a répondu', 'personnes ont répondu')}. Les médianes et les écarts "
            "sont montrés à partir de trois : en deçà, une médiane serait la réponse de quelqu’un. Remplissez "
            "les pages des appuis ensemble, en réunion, et invitez plus de monde la prochaine fois.",
        )
    if not items:
        return (
            "Vos regards se rejoignent.",
            "Aucun énoncé ne vous sépare de deux niveaux ou plus. Demandez-vous qui n’a pas répondu.",
        )
    subject = "sujet" if items == 1 else "sujets"
    apart = f"{items} {'sépare' if items == 1 else 'séparent'}"
    where = "Tous les énoncés séparent" if items == statements else f"Sur {statements} énoncés, {apart}"
    return (
        f"{capital(in_words(items))} {subject} pour la prochaine réunion.",
        f"{where} vos réponses d’au moins deux niveaux. Ce n’est pas un défaut : c’est l’ordre du jour.",
    )


def _rule(respondents: int) -> str:
    if respondents < MEDIAN_FROM:
        return ""
    if respondents < RANGE_FROM:
        return (
            "À moins de cinq répondants, l’étendue des réponses et la moyenne d’un groupe ne sont "
            "pas montrées : "
            "elles désigneraient quelqu’un."
        )
    return (
        "La moyenne d’un groupe n’apparaît qu’à partir de trois réponses chiffrées dans ce groupe, "
        "au demi-niveau le plus "
        "proche. En deçà, ses réponses comptent dans la médiane sans être montrées."
    )


def _legend(respondents: int, seen: set[str]) -> tuple[tuple[Svg, str], ...]:
    if respondents < MEDIAN_FROM:
        return ()
    shown = [("mediane", "médiane")]
    if respondents >= RANGE_FROM:
        shown.insert(0, ("etendue", "étendue des réponses"))
        shown += [(role, ROLES[role].name) for role in ROLES if role in seen]
    return tuple((legend(key), words) for key, words in shown)


def _item(row: Mapping[str, Any], questionnaire: Questionnaire, seen: set[str]) -> Item:
    statement = questionnaire.statement(row["code"])
    means = tuple((role, row["roles"][role]) for role in ROLES if role in row["roles"])
    # Only roles shown elsewhere: naming a role here says no more than the page already does.
    hidden = tuple(role for role in ROLES if role in seen and role not in row["roles"])
    drawn = strip.draw(strip.Strip(row["code"], row["median"], row["low"], row["high"], means, hidden))
    return Item(
        row["code"],
        css_of(row["code"]),
        statement.topic,
        nbsp(statement.text),
        nbsp(statement.debate),
        drawn,
        nbsp(_said(row, means, hidden)),
        str(row["spread"]),
    )


def _said(row: Mapping[str, Any], means: Sequence[tuple[str, float]], hidden: Sequence[str]) -> str:
    parts = [f"Médiane {number(row['median'])}", f"écart {row['spread']}"]
    parts += [f"{ROLES[role].name} {number(mean)}" for role, mean in means]
    if hidden:
        parts.append(f"{join_list(ROLES[role].name for role in hidden)} : moins de trois réponses")
    return ", ".join(parts)


def _cells(row: Mapping[str, Any], questionnaire: Questionnaire, seen: set[str]) -> tuple[str, ...]:
    means = (number(row["roles"][r]) if r in row["roles"] else "moins de 3" for r in ROLES if r in seen)
    name = f"{row['code']} {questionnaire.statement(row['code']).topic}"
    return (name, number(row["median"]), str(row["spread"]), *means)
