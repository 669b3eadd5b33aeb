"""The one-page sheet of confidentiality of a release: rules, what is hidden and why, attacks tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from apps.core.typography import count, nbsp, number
from apps.dashboards.enums import Suppressed
from apps.dashboards.models import AuditRun, Release, Suppression
from apps.dashboards.releases import numbers
from apps.dashboards.releases.numbers import Heading, Protected
from apps.dashboards.tables import BY_KEY

# Fewer cells than that, of one reason, would tell which ones: they are said in words.
FEW = 10
STEP = 5
K, DOMINANCE = 11, 85  # of a release that does not say
# In the order of the rules that they come from.
ORDER = tuple(Suppressed.values)


@dataclass(frozen=True, slots=True)
class TableCount:
    """What anybody counts in a table: its cells, those that are hidden, those that repeat an earlier release."""

    key: str
    title: str
    cells: int
    hidden: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Reason:
    said: str
    cells: str


@dataclass(frozen=True, slots=True)
class Attack:
    """``result``: « rien trouvé », or that it is looked at again. Never what was found. ``note``: what else tries it."""

    code: str
    title: str
    tries: int
    is_clean: bool
    note: str = ""

    @property
    def result(self) -> str:
        if not self.is_clean:
            return "à revoir"
        return "rien trouvé" if self.tries else "rien à essayer"


@dataclass(frozen=True, slots=True)
class Sheet:
    """``audited_on``: None when no attack was ever run, which the sheet says."""

    heading: Heading
    k: int
    need: int
    rules: tuple[str, ...]
    tables: tuple[TableCount, ...]
    reasons: tuple[Reason, ...]
    attacks: tuple[Attack, ...]
    audited_on: date | None

    @property
    def cells(self) -> int:
        return sum(table.cells for table in self.tables)

    @property
    def hidden(self) -> int:
        return sum(table.hidden for table in self.tables)

    @property
    def repeated(self) -> int:
        return sum(table.repeated for table in self.tables)

    @property
    def is_clean(self) -> bool:
        return bool(self.attacks) and all(attack.is_clean for attack in self.attacks)

    @property
    def halves(self) -> tuple[tuple[TableCount, ...], tuple[TableCount, ...]]:
        """Two columns on paper."""
        middle = (len(self.tables) + 1) // 2
        return self.tables[:middle], self.tables[middle:]

    @property
    def summary(self) -> str:
        said = f"{count(self.hidden, 'case masquée', 'cases masquées')} sur {number(self.cells)}"
        again = count(self.repeated, "case garde", "cases gardent")
        kept = f" {again} la valeur d’une publication d’avant." if self.repeated else ""
        return nbsp(f"{said}.{kept}")


def read(release: Release) -> Sheet:
    """2 queries beside the release, its programme and its tables."""
    said, tables = numbers.heading(release), numbers.protected(release)
    audit = release.audits.first()
    k = threshold(release)
    return Sheet(
        heading=said,
        k=k,
        need=k + 1,
        rules=rules(release),
        tables=tuple(table_count(table) for table in tables),
        reasons=reasons(release.suppressions.all()),
        attacks=attacks(audit),
        audited_on=timezone.localdate(audit.run_at) if audit else None,
    )


def threshold(release: Release) -> int:
    """As the release was built, whatever the settings have become."""
    return int(release.rules.get("k", K))


def table_count(table: Protected) -> TableCount:
    found = list(numbers.lines(table))
    return TableCount(
        table["key"],
        nbsp(table["title"]),
        len(found),
        sum(one.state == "hidden" for one in found),
        sum(bool(one.since) for one in found),
    )


def rules(release: Release) -> tuple[str, ...]:
    """Thresholds as this release was built with them; the p rule exists, its threshold is not said."""
    k = threshold(release)
    step = int(release.rules.get("rounding", STEP))
    dominance = int(release.rules.get("dominance", DOMINANCE))
    written = (
        f"Un nombre ou une moyenne compte au moins {k} associations, sans celle qui lit, ni celles dont un financeur "
        f"a déjà le rapport : {k + 1} au moins, donc.",
        f"Les nombres sont arrondis à {step} près, et aucun ne s’écrit sous {k}. Les totaux n’additionnent que des nombres "
        "publiés et déjà arrondis.",
        "Une réponse que toutes ont donnée, ou aucune, est masquée : elle dirait la réponse de chacune.",
        f"Les montants sont dits par tranche, et masqués si une association en pèse plus de {dominance} %, ou si une autre "
        "pourrait deviner le sien de près. Ce second seuil existe ; le dire aiderait à le contourner.",
        "Les moyennes sont des nombres entiers, sur 100. Ni minimum, ni maximum, ni texte libre.",
        f"{len(BY_KEY)} tableaux, toujours les mêmes : ni croisement, ni filtre « sauf », ni période au choix.",
        "Une case de plus est masquée quand une soustraction, dans un tableau, entre deux tableaux ou entre deux "
        "publications, ferait trouver un petit groupe.",
        f"Une publication ne change plus. Un groupe où moins de {k + 1} associations ont bougé garde sa valeur d’avant.",
        counted(release),
        "Masqué, 0 et « pas de donnée » sont trois choses différentes, dites par trois marques différentes.",
    )
    return tuple(nbsp(rule) for rule in written)


def rounded(n: int, step: int) -> int:
    return (n + step // 2) // step * step


def counted(release: Release) -> str:
    if release.programme_id:
        return (
            "Seules comptent les associations qui ont donné leur accord à ce programme ; l’accord est daté et peut "
            "être retiré. Savoir qui participe n’est pas savoir ce qui a été répondu."
        )
    return (
        "Une association peut refuser d’être comptée. Les programmes d’un financeur ne comptent que celles qui leur ont "
        "donné leur accord."
    )


# --- why cells are hidden -------------------------------------------------------------------------------------------------
def reasons(found: Iterable[Suppression]) -> tuple[Reason, ...]:
    """Over the whole release, about how many cells for each reason: with the exact number, one cell could be told."""
    cells: Counter[str] = Counter()
    for one in found:
        cells[one.reason] += 1 if one.column else width(one.table)
    return tuple(Reason(Suppressed(code).label, about(cells[code])) for code in ORDER if cells[code])


def width(table: str) -> int:
    """Cells of a whole row."""
    return len(BY_KEY[table].columns) if table in BY_KEY else 1


def about(cells: int) -> str:
    if cells < FEW:
        return f"moins de {FEW} cases"
    return f"environ {count(rounded(cells, STEP), 'case', 'cases')}"


# --- attacks --------------------------------------------------------------------------------------------------------------
def attacks(audit: AuditRun | None) -> tuple[Attack, ...]:
    found: Sequence[dict[str, Any]] = audit.attacks if audit else ()
    return tuple(
        Attack(
            str(one["code"]),
            nbsp(str(one["title"])),
            int(one["tries"]),
            not one["findings"],
            nbsp(str(one.get("note", ""))),
        )
        for one in found
    )


def state(sheet: Sheet) -> str:
    """All that it says: its file is known by it."""
    return repr(sheet)
