"""« Base » and « Réglages »: where a scenario starts from, and its rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.simulator.plan import COSTS, RESOURCES, Base, Settings
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, call, when
from apps.simulator.workbook.grid import Content, Sheet

LABEL, VALUE, HELP = 1, 2, 3
DELAY_OF = {"ventes": "delay_sales", "commande_publique": "delay_public"} | dict.fromkeys(
    ("purchases", "services", "outside_services", "other_costs"), "delay_suppliers"
)
LIMITS: dict[str, tuple[int, int] | str] = {
    "delay_public": (0, 12),
    "delay_sales": (0, 12),
    "delay_suppliers": (0, 12),
    "public_month": (1, 12),
    "settle_months": (1, 12),
    "with_in_kind": "oui,non",
}
GRANTS = tuple(code for code in RESOURCES if code.startswith("subv_"))


@dataclass(frozen=True, slots=True)
class BaseRefs:
    """``cells``: a nature or a field of ``Base`` → where it is typed, in euros (hours for ``volunteer_hours``)."""

    sheet: Sheet
    base: Base
    cells: dict[str, Ref]


@dataclass(frozen=True, slots=True)
class SettingsRefs:
    """``cells``: a field of ``Settings`` → where it is typed; ``months`` is twelve times the years."""

    sheet: Sheet
    settings: Settings
    cells: dict[str, Ref]

    def delay(self, code: str) -> Formula | int:
        """Months between the amount of the base and its money."""
        field = "delay_public" if code in GRANTS else DELAY_OF.get(code, "")
        return self.cells[field] if field else 0


def euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def base_sheet(name: str, base: Base) -> BaseRefs:
    sheet = Sheet(name, widths={LABEL: 62, VALUE: 20}, frozen=(4, 1), is_landscape=False)
    sheet.put(1, LABEL, f"La base : l’année {base.year}", "title")
    sheet.put(
        2,
        LABEL,
        "Ce que l’association a vécu. Une ligne vide vaut zéro. En jaune : ce qui se change.",
        "subtitle",
    )
    cells: dict[str, Ref] = {}
    row = 4
    for title, codes in (("Ressources", RESOURCES), ("Charges", COSTS)):
        sheet.line(row, LABEL, [title, "Dans l’année"], "head")
        for code in codes:
            row += 1
            sheet.put(row, LABEL, words.nature(code), "line")
            cells[code] = sheet.put(row, VALUE, euros(base.of(code)), "input_euros")
        row += 1
        sheet.put(row, LABEL, f"Total des {title.lower()}", "label_total")
        sheet.put(row, VALUE, call("SUM", cells[codes[0]].to(cells[codes[-1]])), "euros_total")
        row += 2
    sheet.line(row, LABEL, [f"Au 31 décembre {base.year}", "Montant"], "head")
    for label, field, content, style in balance(base):
        row += 1
        sheet.put(row, LABEL, label, "line")
        cells[field] = sheet.put(row, VALUE, content, style)
    return BaseRefs(sheet, base, cells)


def balance(base: Base) -> Iterable[tuple[str, str, Content, str]]:
    yield "Trésorerie", "treasury", euros(base.treasury), "input_euros"
    yield "Fonds propres", "equity", euros(base.equity), "input_euros"
    yield "Ce qu’on nous doit", "receivables", euros(base.receivables), "input_euros"
    yield "Ce que nous devons, emprunts exclus", "payables", euros(base.payables), "input_euros"
    yield "Heures de bénévolat dans l’année", "volunteer_hours", base.volunteer_hours, "input_rate"
    yield (
        "Dons et prêts en nature des partenaires, dans l’année",
        "in_kind",
        euros(base.in_kind),
        "input_euros",
    )


def settings_sheet(name: str, settings: Settings) -> SettingsRefs:
    sheet = Sheet(name, widths={LABEL: 52, VALUE: 16, HELP: 92}, frozen=(5, 1))
    sheet.put(1, LABEL, "Les réglages", "title")
    sheet.put(
        2, LABEL, "Les délais sont en mois entiers, de 0 à 12. En jaune : ce qui se change.", "subtitle"
    )
    sheet.line(4, LABEL, ["Réglage", "Valeur", "Ce que cela veut dire"], "head")
    cells: dict[str, Ref] = {}
    for row, (label, field, content, style, about) in enumerate(rules(settings), 5):
        sheet.put(row, LABEL, label, "text")
        cells[field] = sheet.put(row, VALUE, content, style)
        sheet.put(row, HELP, about, "note")
        if field in LIMITS:
            sheet.limits[row, VALUE] = LIMITS[field]
    after = len(cells) + 5
    sheet.put(after, LABEL, "Nombre de mois simulés", "text")
    cells["months"] = sheet.put(after, VALUE, cells["years"] * 12, "whole")
    sheet.put(after + 1, LABEL, "L’aide en nature compte dans le barycentre (1 : oui)", "text")
    cells["counts"] = sheet.put(after + 1, VALUE, when(cells["with_in_kind"].is_("=", "oui"), 1), "whole")
    return SettingsRefs(sheet, settings, cells)


def rules(settings: Settings) -> Iterable[tuple[str, str, Content, str, str]]:
    yield (
        "Années simulées", "years", settings.years, "whole",
        "Ne se change pas ici : chaque année a sa colonne. Changez-la sur la plateforme.",
    )  # fmt: skip
    yield (
        "Délai des financeurs publics", "delay_public", settings.delay_public, "input_whole",
        "Mois entre la subvention, ou la commande publique, et son versement.",
    )  # fmt: skip
    yield (
        "Délai des clients",
        "delay_sales",
        settings.delay_sales,
        "input_whole",
        "Mois entre la vente et son paiement.",
    )
    yield (
        "Délai des fournisseurs", "delay_suppliers", settings.delay_suppliers, "input_whole",
        "Mois entre l’achat et son paiement : achats, services, services extérieurs, autres charges.",
    )  # fmt: skip
    yield (
        "Mois où arrivent les subventions", "public_month", settings.public_month, "input_whole",
        "De 1 à 12 : l’année entière arrive ce mois-là. Vide : réparties sur l’année, avec leur délai.",
    )  # fmt: skip
    yield (
        "Mois pour solder ce qui restait dû", "settle_months", settings.settle_months, "input_whole",
        "De 1 à 12 : créances et dettes de départ se règlent à parts égales.",
    )  # fmt: skip
    yield (
        "Valeur d’une heure de bénévolat", "hour_value", euros(settings.hour_value), "input_euros",
        "La même pour la base et pour les hypothèses.",
    )  # fmt: skip
    yield (
        "Compter l’aide en nature dans le barycentre", "with_in_kind", "oui" if settings.with_in_kind else "non",
        "input_text", "« oui » ou « non ».",
    )  # fmt: skip
