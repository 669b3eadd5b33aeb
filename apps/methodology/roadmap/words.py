"""What a roadmap says in sentences (pure but for the typography of the house)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apps.core.typography import count, date_long, euros, join_list, plural
from apps.methodology.roadmap.periods import Span
from apps.methodology.roadmap.rules import Action, Costs, Early, Order

FEW = 5


def amount(value: Decimal) -> str:
    return euros(Fraction(value))


def quoted(action: Action) -> str:
    return f"«\u00a0{action.title}\u00a0»"


def named(actions: Sequence[Action], most: int = FEW) -> str:
    """The first ones by name, the others by number."""
    some = [quoted(action) for action in actions[:most]]
    left = len(actions) - most
    return join_list([*some, count(left, "autre", "autres")] if left > 0 else some)


def early(wait: Early) -> str:
    assert wait.action.first
    begins = "commence" if wait.action.starts else "est due"
    ends = wait.before.ends
    until = f"finit le {date_long(ends)}" if ends else "n’a pas de date"
    if wait.before.done_on:
        until = f"s’est terminée le {date_long(wait.before.done_on)}"
    return (
        f"{quoted(wait.action)} {begins} le {date_long(wait.action.first)}, alors que {quoted(wait.before)}, "
        f"qui doit venir avant, {until}."
    )


def orphan(wait: Early) -> str:
    return (
        f"{quoted(wait.action)} attend {quoted(wait.before)}, qui est abandonnée\u00a0: "
        "retirez ce lien, ou reprenez cette action."
    )


def turned(action: Action) -> str:
    assert action.starts
    assert action.due
    return f"{quoted(action)} commence le {date_long(action.starts)}, après son échéance du {date_long(action.due)}."


def stuck(circle: Sequence[Action]) -> str:
    if len(circle) == 1:
        return f"{quoted(circle[0])} s’attend elle-même\u00a0: retirez ce lien."
    steps = ", qui attend ".join(quoted(action) for action in [*circle[1:], circle[0]])
    return (
        f"{quoted(circle[0])} attend {steps}\u00a0: aucune ne peut commencer la première. "
        "Retirez l’un de ces liens."
    )


def troubles(found: Order) -> list[str]:
    """Knots first: as long as they hold, no date can be right."""
    return [
        *map(stuck, found.stuck),
        *map(early, found.early),
        *map(turned, found.reversed),
        *map(orphan, found.orphans),
    ]


def summary(actions: Sequence[Action], money: Costs, today: date) -> str:
    """« 12 actions : 3 faites, 2 en cours, 1 en retard. 45 000 € en tout, dont … »"""
    kept = [action for action in actions if not action.is_dropped]
    done = sum(action.is_done for action in kept)
    doing = sum(action.is_live and action.progress == "doing" for action in kept)
    late = sum(action.is_late(today) for action in kept)
    facts = [
        count(done, "faite", "faites") if done else "",
        f"{doing}\u00a0en cours" if doing else "",
        f"{late}\u00a0en retard" if late else "",
    ]
    said = join_list([fact for fact in facts if fact])
    head = count(len(kept), "action", "actions") + (f"\u00a0: {said}." if said else ".")
    return " ".join(filter(None, (head, spent(money))))


def spent(money: Costs) -> str:
    if not money.parts:
        return "Aucun coût n’est écrit." if money.unknown else ""
    unknown = (
        f" {count(money.unknown, 'action n’a', 'actions n’ont')} pas encore de coût." if money.unknown else ""
    )
    return f"Coût\u00a0: {amount(money.total)} en tout.{unknown}"


def drawn(actions: Sequence[Action], span: Span, today: date) -> str:
    """The sentence of the picture, for those who do not see it."""
    shown = [a for a in actions if not a.is_dropped and span.meets(a)]
    months = f"du {date_long(span.start)} au {date_long(span.last_day)}"
    late = sum(action.is_late(today) for action in shown)
    told = f", dont {late}\u00a0en retard" if late else ""
    return f"Calendrier {months}\u00a0: {count(len(shown), 'action', 'actions')}{told}."


def outside(actions: Sequence[Action], span: Span) -> str:
    """Those that the picture does not show, and why."""
    kept = [action for action in actions if not action.is_dropped]
    undated = sum(action.last is None for action in kept)
    others = sum(action.last is not None and not span.meets(action) for action in kept)
    said = [
        f"{count(undated, 'action sans date n’est', 'actions sans date ne sont')} pas sur le calendrier."
        if undated
        else "",
        f"{count(others, 'action tombe', 'actions tombent')} en dehors de ces dates." if others else "",
    ]
    return " ".join(filter(None, said))


def shares(money: Costs, names: dict[str, str]) -> str:
    """« Richesses humaines : 12 000 € ; … », the largest first."""
    ranked = sorted(money.parts, key=lambda key: -money.parts[key])
    return "\u00a0; ".join(
        f"{names[key]}\u00a0: {amount(money.parts[key])}" for key in ranked if money.parts[key]
    )


def people(number: int, what: str) -> str:
    return f"{count(number, 'action', 'actions')} {plural(number, 'est', 'sont')} {what}"
