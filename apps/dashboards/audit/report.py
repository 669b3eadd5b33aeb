"""A run of attacks, in plain French (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from apps.core.typography import count, nbsp
from apps.dashboards.audit.seen import Json


def lines(slug: str, attacks: Sequence[Json]) -> Iterable[str]:
    """One line an attack, then what it found."""
    failed = [attack for attack in attacks if attack["findings"]]
    yield nbsp(f"Publication {slug}")
    for attack in attacks:
        verdict = "réussie" if attack["findings"] else "sans résultat"
        yield nbsp(f"  {attack['code']} {attack['title']} : {tries(attack['tries'])}, {verdict}.")
        if attack.get("note"):
            yield f"      {attack['note']}"
        yield from (f"      ✗ {finding}" for finding in attack["findings"])
    if failed:
        names = ", ".join(attack["code"] for attack in failed)
        yield nbsp(f"  Des attaques réussissent ({names}) : cette publication ne doit pas paraître.")
    else:
        yield nbsp("  Aucune attaque ne réussit.")


def tries(number: int) -> str:
    return count(number, "essai", "essais") if number else "rien à essayer"
