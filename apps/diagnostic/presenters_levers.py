"""Three levers in words: what to do first, why this one, and where to learn it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Resource
from apps.core.figures.palette import AXES
from apps.core.figures.roles import ROLES
from apps.core.typography import date_long, join_list, nbsp, number
from apps.diagnostic.comparison import ALERTS
from apps.diagnostic.levers import Reasons
from apps.diagnostic.models import Lever
from apps.diagnostic.nearby import CaseChooser
from apps.diagnostic.presenters_words import PILLAR_OF_SHARE, css_of, in_words

APART = 1  # level between two groups' means that is worth a sentence


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str  # path on the site


@dataclass(frozen=True, slots=True)
class LeverCard:
    code: str
    css: str
    axis: str
    title: str
    text: str
    why: str
    course_step: Link
    method_step: Link
    webinar: Link
    webinar_why: str

    @property
    def links(self) -> tuple[Link, ...]:
        return (self.course_step, self.method_step, self.webinar)


def cards(
    chosen: Sequence[Reasons], levers: Mapping[str, Lever], cases: CaseChooser
) -> tuple[LeverCard, ...]:
    return tuple(_card(reasons, levers[reasons.statement], cases) for reasons in chosen)


def _card(reasons: Reasons, lever: Lever, cases: CaseChooser) -> LeverCard:
    """The case is one near the association when there is one; the lever's own otherwise."""
    code = reasons.statement
    near = cases.pick(code[0])
    return LeverCard(
        code=code,
        css=css_of(code),
        axis=AXES[code[0]].name,
        title=nbsp(lever.title),
        text=nbsp(lever.text),
        why=nbsp(why(reasons)),
        course_step=_link(lever.course_step),
        method_step=_link(lever.method_step),
        webinar=_link(near.case if near else lever.webinar),
        webinar_why=near.why if near else nbsp(lever.webinar_why),
    )


def _link(resource: Resource) -> Link:
    number_of = resource.code.rpartition("-")[2]
    if resource.kind == ResourceKind.COURSE_STEP:
        label = f"Étape {number_of} du parcours : {resource.title}"
    elif resource.kind == ResourceKind.METHOD_STEP:
        label = f"Étape {number_of} de la démarche : {resource.title}"
    else:
        when = f", {date_long(resource.date)}" if resource.date else ""
        label = f"Webinaire : {resource.title}{when}"
    return Link(nbsp(label), resource.get_absolute_url())


def why(reasons: Reasons) -> str:
    """Whole sentences, the strongest reason first; only what the page already shows."""
    parts = [_alert(reasons), _axis(reasons), _median(reasons), _spread(reasons)]
    return (
        " ".join(part for part in parts if part)
        or "Il ouvre un appui sur lequel les réponses manquent encore."
    )


def _alert(reasons: Reasons) -> str:
    named = join_list(ALERTS[code] for code in reasons.alerts)
    return f"Une alerte le demande : {named}." if named else ""


def _axis(reasons: Reasons) -> str:
    if not reasons.weakest_axis or reasons.score is None:
        return ""
    kind = "appui" if reasons.statement[0] in PILLAR_OF_SHARE.values() else "axe"
    return f"C’est votre {kind} le plus bas ({number(reasons.score, 1)} sur 100)."


def _median(reasons: Reasons) -> str:
    if reasons.median is None:
        return ""
    place = {0: "pas encore engagé", 1: "premiers pas", 2: "en pratique", 3: "ancré et évalué"}
    named = place.get(int(reasons.median)) if reasons.median == int(reasons.median) else None
    said = f"{number(reasons.median)} sur 3" + (f", {named}" if named else "")
    return f"La médiane de l’énoncé {reasons.statement} est de {said}."


def _spread(reasons: Reasons) -> str:
    if reasons.spread is None:
        return ""
    apart = f"Vos réponses s’y écartent de {in_words(reasons.spread)} niveaux"
    shown = [(role, mean) for role, mean in reasons.roles if role in ROLES]
    if len(shown) < 2:
        return f"{apart}."
    low, high = min(shown, key=lambda r: r[1]), max(shown, key=lambda r: r[1])
    if high[1] - low[1] < APART:
        return f"{apart}."
    return f"{apart} : {_group(high[0])} donne {number(high[1])}, {_group(low[0])} {number(low[1])}."


def _group(role: str) -> str:
    return {
        "gouvernance": "la gouvernance",
        "equipe": "l’équipe",
        "referent": "le groupe des référents",
        "partenaire": "le groupe des partenaires",
    }[role]
