"""« Lisez-moi »: what the workbook is, how to use it, where each scenario is."""

from __future__ import annotations

from apps.simulator.workbook.book import Book
from apps.simulator.workbook.formula import call, when
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.groups import Group

LABEL, TEXT = 1, 2
SHEETS = (
    ("Base", "D’où l’on part : l’année choisie, en jaune."),
    ("Réglages", "Les délais de paiement, la valeur d’une heure de bénévolat."),
    ("Hypothèses", "Une ligne chacune : ce qui change, quand, de combien. C’est ici que l’on essaie."),
    ("Effets", "Ce que chaque hypothèse ajoute ou retire, par nature et par année."),
    ("Années", "Ressources, charges, résultat, fonds propres, mois de trésorerie, équilibre, trois piliers."),
    ("Mois", "Chaque montant de l’année réparti sur ses mois, avant tout délai."),
    ("Trésorerie", "Ce qui entre et ce qui sort chaque mois, délais compris."),
    ("Alliances", "La valeur de chaque alliance et ses quatre termes."),
    ("Incertitude", "La bande, les risques et la sensibilité, en valeurs : ils ne se recalculent pas ici."),
    ("Contrôle", "Les chiffres de la plateforme à côté de ceux du classeur, et leur écart."),
)
RULES = (
    "Changez les cases jaunes : tout le classeur se recalcule. Les autres cases sont protégées, sans mot de passe "
    "(Outils ou Révision, « Ôter la protection »), pour que rien ne s’efface par mégarde.",
    "Chaque hypothèse se calcule sur la base seule, et les effets s’additionnent : leur ordre ne compte pas.",
    "Les pourcentages s’écrivent comme on les dit : 2,5 pour 2,5 %. Tout montant est arrondi au centime, le demi s’éloignant de zéro.",
    "Aucune macro, aucun lien vers un autre fichier. Les chiffres affichés avant tout recalcul sont ceux de la plateforme.",
    "Une hypothèse de plus, une autre nature, une année de plus : faites-le sur la plateforme, puis exportez de nouveau.",
)


def readme_sheet(book: Book, groups: list[Group]) -> Sheet:
    sheet = Sheet("Lisez-moi", widths={LABEL: 22.0, TEXT: 106.0}, is_landscape=True)
    sheet.put(1, LABEL, book.title, "title")
    sheet.put(2, LABEL, book.association, "subtitle")
    sheet.put(3, LABEL, "Fait le", "line")
    sheet.put(3, TEXT, book.made_on, "day")
    row = 5
    sheet.line(row, LABEL, ["Ici", "Ce que l’on y trouve"], "head")
    for one in groups:
        row += 1
        sheet.put(row, LABEL, one.mark or "Scénario", "strong")
        sheet.put(row, TEXT, one.scenario.title, "text")
    row += 1
    gaps = call("SUM", *(one.gaps for one in groups))
    sheet.put(row, LABEL, "Contrôle", "strong")
    said = when(
        gaps.is_("=", 0),
        "Le classeur et la plateforme concordent, au centime.",
        "Des cases ont changé\u00a0: le classeur ne montre plus les chiffres de la plateforme.",
    )
    sheet.put(row, TEXT, said, "good")
    row += 2
    sheet.line(row, LABEL, ["Comment s’en servir", ""], "head")
    for rule in RULES:
        row += 1
        sheet.put(row, TEXT, rule, "text")
    row += 2
    sheet.line(row, LABEL, ["Feuille", "Ce qu’elle montre"], "head")
    present = {cell.name.split(" ")[0] for one in groups for cell in one.sheets} | {"Base", "Réglages"}
    for name, about in SHEETS:
        if name in present:
            row += 1
            sheet.put(row, LABEL, name, "strong")
            sheet.put(row, TEXT, about, "text")
    return sheet
