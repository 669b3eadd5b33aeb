"""The twelve sorts of hypotheses (pure): what each one asks, in the words of its page. Arithmetic: docs/simulateur.md § 3."""

from __future__ import annotations

from dataclasses import dataclass

from apps.simulator.plan import COSTS, RESOURCES

EUROS, YEARLY, PERCENT, HOURS, MEMBERS, MONTHS, YEARS, FTE = (
    "€", "€ par an", "%", "heures par an", "membres", "mois", "ans", "ETP",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """``is_signed``: may be negative. ``is_needed``: an empty one is a fault."""

    code: str
    label: str
    unit: str
    help: str = ""
    is_signed: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """``codes`` in their order; ``default``: what an empty one means, "" when it must be chosen or has no effect."""

    code: str
    label: str
    codes: tuple[str, ...]
    default: str = ""
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """``main``: the uncertain quantity. ``lasts``: "yes", "needed" or "no"."""

    code: str
    label: str
    about: str
    main: Quantity
    quantities: tuple[Quantity, ...] = ()
    choices: tuple[Choice, ...] = ()
    lasts: str = "yes"
    family: str = ""


GROWTH = Quantity(
    "growth", "Évolution par an", PERCENT, "Vide\u00a0: le même montant chaque année.", is_signed=True
)
DELAY = Quantity("delay", "Délai de versement", MONTHS, "Vide\u00a0: versé dans le mois.")
ONCE = Quantity("once", "Dépense de départ", EUROS, "Une seule fois, au début.")
UPKEEP = Quantity("upkeep", "Ce que cela coûte chaque année", YEARLY)
NATURE = Choice("nature", "Ressource", RESOURCES, is_needed=True)
SAVED = Choice("saved_on", "Charge allégée", COSTS, is_needed=True)
GRANTS = tuple(code for code in RESOURCES if code.startswith("subv_"))

ALL = (
    Sort("funder_won", "Financeur gagné", "Une subvention, un mécénat ou un client de plus.",
         Quantity("mid", "Montant", YEARLY, is_needed=True), (DELAY, GROWTH), (NATURE,), family="Financeurs"),
    Sort("funder_lost", "Financeur perdu", "Un soutien qui s’arrête ou qui baisse.",
         Quantity("mid", "Montant perdu", YEARLY, is_needed=True), (DELAY, GROWTH), (NATURE,), family="Financeurs"),
    Sort("agreement", "Convention pluriannuelle", "Un montant promis plusieurs années, avec une avance et un solde.",
         Quantity("mid", "Montant", YEARLY, is_needed=True),
         (Quantity("advance", "Avance au début de chaque année", PERCENT),
          Quantity("delay", "Délai du solde", MONTHS, "Après la fin de chaque année de convention."), GROWTH),
         (NATURE,), lasts="needed", family="Financeurs"),
    Sort("giving", "Générosité", "Dons, mécénat ou fondations, et ce que coûte la collecte.",
         Quantity("mid", "Montant collecté en plus", YEARLY, is_signed=True, is_needed=True), (ONCE, UPKEEP, DELAY, GROWTH),
         (Choice("nature", "Ressource", ("dons", "mecenat", "fondations"), "dons"),), family="Financeurs"),
    Sort("activity", "Prix ou volume d’une activité", "Plus ou moins de public, un tarif qui change.",
         Quantity("mid", "Volume", PERCENT, "+10 veut dire un dixième de plus.", is_signed=True, is_needed=True),
         (Quantity("price", "Prix", PERCENT, is_signed=True),
          Quantity("concerned", "Recettes concernées", YEARLY, "Vide\u00a0: toutes celles de l’année de départ."),
          Quantity("cost_rate", "Dépense qui suit le volume", PERCENT, "De la recette\u00a0: 30 pour 30 centimes par euro."), DELAY),
         (Choice("nature", "Ressource", ("ventes", "commande_publique"), "ventes"),
          Choice("saved_on", "Charge qui suit", COSTS, "purchases")), family="Activité"),
    Sort("membership", "Adhésions", "Des membres en plus ou en moins.",
         Quantity("mid", "Membres", MEMBERS, is_signed=True, is_needed=True),
         (Quantity("each", "Cotisation", EUROS, is_needed=True),), family="Activité"),
    Sort("indexation", "Évolution d’une charge ou d’une ressource", "Salaires, énergie, loyers, subventions gelées\u2026",
         Quantity("mid", "Évolution", "% par an", is_signed=True, is_needed=True), (),
         (Choice("nature", "Ce qui évolue", ("all_costs", *COSTS, *RESOURCES), is_needed=True),), family="Activité"),
    Sort("hiring", "Embauche", "Un poste, avec ses cotisations, et l’aide qui l’accompagne.",
         Quantity("mid", "Salaire brut par an", "€ par an et par ETP", is_needed=True),
         (Quantity("fte", "Temps de travail", FTE, "1 pour un temps plein.", is_signed=True, is_needed=True),
          Quantity("employer_rate", "Cotisations de l’employeur", PERCENT, "Du salaire brut.", is_needed=True),
          Quantity("once", "Coût du recrutement", EUROS),
          Quantity("aid", "Aide au poste", YEARLY), DELAY, GROWTH),
         (Choice("nature", "D’où vient l’aide", RESOURCES, "subv_etat"),), family="Personnes"),
    Sort("volunteering", "Bénévolat", "Des heures en plus ou en moins, et ce qu’il faut pour les accueillir.",
         Quantity("mid", "Heures", HOURS, is_signed=True, is_needed=True), (UPKEEP,), family="Personnes"),
    Sort("investment", "Investissement", "Un achat qui dure, son prêt, sa subvention.",
         Quantity("mid", "Prix", EUROS, is_needed=True),
         (Quantity("term", "Durée d’usage", YEARS, is_needed=True),
          Quantity("borrowed", "Emprunt", EUROS), Quantity("loan_rate", "Taux de l’emprunt", PERCENT),
          Quantity("loan_years", "Durée de l’emprunt", YEARS),
          Quantity("granted", "Subvention d’équipement", EUROS),
          Quantity("delay", "Délai de cette subvention", MONTHS), UPKEEP), family="Moyens"),
    Sort("pooling", "Fonction mutualisée", "Ce qu’une fonction partagée évite, et votre part.",
         Quantity("mid", "Dépense évitée", YEARLY, is_needed=True), (UPKEEP, ONCE, GROWTH), (SAVED,), family="Alliances"),
    Sort("alliance", "Alliance nouvelle", "Ce qu’elle évite, ce qu’elle apporte, ce qu’elle mobilise, ce qu’elle demande.",
         Quantity("mid", "Part qui se réalisera", PERCENT, "100 si tout se passe comme prévu.", is_needed=True),
         (Quantity("avoided", "Coûts évités", YEARLY), Quantity("given", "Apports non monétaires", YEARLY,
          "Locaux, compétences, matériel, à leur valeur."), Quantity("levered", "Ressources mobilisées", YEARLY),
          Quantity("engineering", "Ingénierie de l’alliance", YEARLY), ONCE, DELAY),
         (Choice("saved_on", "Charge allégée", COSTS, "services"), Choice("nature", "Ressource mobilisée", RESOURCES, "fondations")),
         family="Alliances"),
)  # fmt: skip
SORTS: dict[str, Sort] = {sort.code: sort for sort in ALL}
