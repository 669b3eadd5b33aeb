"""How the effort is spread today over the three horizons, beside the matrix's row for associations."""

from dataclasses import dataclass

from apps.catalogue.models import TrajectoryRow
from apps.core.figures import horizons
from apps.core.figures.svg import Svg
from apps.core.typography import nbsp, percent
from apps.diagnostic.models import Campaign

NAMES = ("18\u00a0mois", "7\u00a0ans", "28\u00a0ans")
ALOUD = ("aux 18\u00a0mois", "aux 7\u00a0ans", "aux 28\u00a0ans")
CLOSE = 10  # points: nearer than this, the two spreads are alike
NOT_GIVEN = (
    "Vous n’avez pas dit comment l’effort de l’équipe dirigeante se partage aujourd’hui entre 18 "
    "mois, 7 ans et 28 ans. "
    "À la prochaine réunion, répartissez cent points entre les trois, chacun de son côté, puis comparez."
)


@dataclass(frozen=True, slots=True)
class Trajectory:
    title: str
    text: str
    svg: Svg | None
    reference: str  # name of the row of the matrix
    shares: str  # its three shares, in words
    source: str


def trajectory(campaign: Campaign, row: TrajectoryRow | None) -> Trajectory | None:
    """None when the matrix has no row for associations."""
    if row is None:
        return None
    wished = (row.months_18, row.years_7, row.years_28)
    given = (campaign.effort_18_months, campaign.effort_7_years, campaign.effort_28_years)
    declared = tuple(share for share in given if share is not None)
    shares = ", ".join(f"{percent(share / 100)} {aloud}" for share, aloud in zip(wished, ALOUD, strict=True))
    source = nbsp(f"Source : {row.source_label}, matrice des trajectoires, {row.source_year}.")
    if len(declared) < len(wished):
        return Trajectory(
            "L’effort entre les horizons n’a pas été dit.", nbsp(NOT_GIVEN), None, row.name, shares, source
        )
    today = (declared[0], declared[1], declared[2])
    svg = horizons.draw(horizons.Horizons(today, wished, row.name))
    return Trajectory(*_sentence(today, wished, row.name), svg, row.name, shares, source)


def _sentence(today: tuple[int, int, int], wished: tuple[int, int, int], name: str) -> tuple[str, str]:
    gaps = [now - then for now, then in zip(today, wished, strict=True)]
    widest = max(range(3), key=lambda rank: abs(gaps[rank]))
    if abs(gaps[widest]) <= CLOSE:
        return "Votre effort se partage à peu près comme la matrice le propose.", nbsp(
            "Dites-vous si c’est un choix, et ce que vous garderiez si le temps venait à manquer."
        )
    more = "plus" if gaps[widest] > 0 else "moins"
    return nbsp(f"Vous donnez {more} de place {ALOUD[widest]} que la matrice."), nbsp(
        f"Vous y consacrez {percent(today[widest] / 100)} de l’effort ; la ligne « {name} » en compte "
        f"{percent(wished[widest] / 100)}. Ce n’est pas une norme : demandez-vous ce qui attend "
        "pendant ce temps."
    )
