"""The view of a result, for the screen and for the PDF: one source, so that they cannot disagree."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from apps.catalogue import closeness
from apps.catalogue.models import ReferencePoint, TrajectoryRow
from apps.core.typography import count, date_range, de, nbsp
from apps.diagnostic import nearby
from apps.diagnostic.comparison import Comparison, Side, compare
from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.levers import Chooser
from apps.diagnostic.models import Campaign, Lever, Result
from apps.diagnostic.presenters_alerts import Alerts, alerts, facts
from apps.diagnostic.presenters_balance import Balance, balance
from apps.diagnostic.presenters_crossed import Crossed, crossed
from apps.diagnostic.presenters_finances import Finances, finances
from apps.diagnostic.presenters_headline import Headline, headline
from apps.diagnostic.presenters_levers import LeverCard, cards
from apps.diagnostic.presenters_period import periods
from apps.diagnostic.presenters_references import References
from apps.diagnostic.presenters_statements import AxisPage, axis_pages
from apps.diagnostic.presenters_trajectory import Trajectory, trajectory
from apps.diagnostic.selectors import questionnaire


@dataclass(frozen=True, slots=True)
class ResultView:
    organisation: str
    season: str
    when: str  # the season with its article
    dates: str
    closed_at: datetime
    instrument: str
    statement_count: int
    respondents: str
    respondent_count: int
    is_demo: bool
    headline: Headline
    balance: Balance
    alerts: Alerts
    axes: tuple[AxisPage, ...]
    crossed: Crossed
    finances: Finances
    trajectory: Trajectory | None
    levers: tuple[LeverCard, ...]
    questions: tuple[str, ...]  # to open the discussion when no divergence does
    comparison: Comparison | None
    warning: str
    source: str

    @property
    def kicker(self) -> str:
        asked = f"{self.respondents}, {self.statement_count} énoncés"
        return nbsp(f"{self.organisation}, auto-diagnostic {de(self.when)} : {asked}")


def previous_result(campaign: Campaign) -> Result | None:
    """The result of the campaign this one follows, of the same organisation."""
    before = campaign.previous
    if before is None or before.organisation_id != campaign.organisation_id:
        return None
    return getattr(before, "result", None)


def present(result: Result, previous: Result | None) -> ResultView:
    """Reads the result, the reference points and the levers; nothing of the answers. Four queries."""
    campaign, asked = result.campaign, questionnaire(result.instrument)
    closed = _day(campaign)
    now, before = periods(closed, _day(previous.campaign) if previous else None)
    earlier = previous.payload if previous else None
    employer = campaign.size_class.has_employees if campaign.size_class else None
    references = References(ReferencePoint.objects.exclude(indicator=""), employer)
    levers = _levers(result, asked)
    views = crossed(asked, result.payload, result.statements, result.respondent_count)
    known = facts(result.payload, result.finances, campaign.years_since_board_renewal)
    return ResultView(
        organisation=campaign.organisation.name,
        season=now.long,
        when=_season(now.long),
        dates=date_range(timezone.localtime(campaign.opened_at), closed),
        closed_at=campaign.closed_at or result.created_at,
        instrument=result.instrument_id,
        statement_count=len(asked.statements),
        respondents=count(result.respondent_count, "personne", "personnes"),
        respondent_count=result.respondent_count,
        is_demo=campaign.is_demo,
        headline=headline(result.payload, earlier, _season(before.long) if before else ""),
        balance=balance(result.payload, earlier, now, before),
        alerts=alerts(result.payload, known, references, bool(result.finances)),
        axes=axis_pages(asked, result.payload, result.statements, result.respondent_count, views.others),
        crossed=views,
        finances=finances(result.payload, result.finances, references),
        trajectory=trajectory(campaign, TrajectoryRow.objects.filter(fits_associations=True).first()),
        levers=levers,
        questions=tuple(nbsp(asked.statement(lever.code).debate) for lever in levers),
        comparison=(
            compare(
                Side(result.payload, result.respondent_count, result.instrument_id, now),
                Side(previous.payload, previous.respondent_count, previous.instrument_id, before),
            )
            if previous and before
            else None
        ),
        warning=nbsp(asked.not_for),
        source=nbsp(asked.source),
    )


def _day(campaign: Campaign) -> date:
    return timezone.localtime(campaign.closed_at or campaign.opened_at).date()


def _season(period: str) -> str:
    """With its article: « l’automne 2025 », « le printemps 2026 », « le 25 novembre », « mars 2026 »."""
    if period.startswith("printemps") or period[0].isdigit():
        return f"le {period}"
    return f"l’{period}" if period.startswith(("été", "automne", "hiver")) else period


def _levers(result: Result, asked: Questionnaire) -> tuple[LeverCard, ...]:
    available = set(Lever.objects.values_list("pk", flat=True))
    chosen = Chooser(result.payload, result.statements, result.respondent_count, asked, available).choose()
    levers = Lever.objects.select_related("course_step", "method_step", "webinar")
    situation = nearby.of_result(result)
    choose = nearby.CaseChooser(situation, closeness.candidates(situation), closeness.names())
    return cards(chosen, levers.in_bulk([reasons.statement for reasons in chosen]), choose)
