"""What the pages of a campaign and of a copy say, from rows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.catalogue.models import GlossaryTerm
from apps.diagnostic import panels, selectors
from apps.diagnostic.campaign_panel import Person, next_step, person
from apps.diagnostic.finance_panel import add_choices, summary, year_refusal
from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.models import FinanceYear, Instrument, Respondent
from apps.diagnostic.scoring import RESOURCE_KEYS
from tests.diagnostic.conftest import Place
from tests.factories.diagnostic import answer, answer_all, respondent

pytestmark = pytest.mark.django_db


def questionnaire() -> Questionnaire:
    return selectors.current_questionnaire()


def asked(copy: Respondent, code: str, waiting: str = "") -> panels.Question:
    return panels.question(questionnaire(), copy, selectors.answers_of(copy), code, waiting)


def test_progress_counts_confirmed_answers_only(place: Place) -> None:
    answer(place.guest, "A1", "nsp")
    answer(place.guest, "A2", "nc")
    answer(place.guest, "B1", "2", suggestion=True)
    progress = panels.progress(questionnaire(), place.guest, selectors.answers_of(place.guest), "A")
    assert (progress.answered, progress.total, progress.missing) == (2, 36, 34)
    human, financial = progress.axes[:2]
    assert (human.answered, human.total, human.is_now, human.is_done) == (2, 9, True, False)
    assert human.url.endswith("/A3/")
    assert (financial.answered, financial.is_now) == (0, False)
    assert financial.url.endswith("/B1/")


def test_a_finished_axis_leads_back_to_its_first_statement(place: Place) -> None:
    answer_all(place.guest, finished=False)
    progress = panels.progress(questionnaire(), place.guest, selectors.answers_of(place.guest))
    assert [axis.url[-3:] for axis in progress.axes] == ["A1/", "B1/", "C1/", "D1/", "E1/"]
    assert all(axis.is_done for axis in progress.axes)
    assert progress.rest == "tout est répondu."


def test_the_minutes_left_are_rounded_up(place: Place) -> None:
    answer_all(place.guest, dict.fromkeys(questionnaire().codes[:-1], "1"), finished=False)
    progress = panels.progress(questionnaire(), place.guest, selectors.answers_of(place.guest))
    assert progress.minutes == 1
    assert progress.rest == "il reste environ 1\u00a0minute."


def test_the_statements_follow_one_another_to_the_overview(place: Place) -> None:
    first, last = asked(place.guest, "A1"), asked(place.guest, "E4")
    assert first.previous_url == last.next_url == place.copy_url()
    assert (first.is_last, last.is_last) == (False, True)
    assert asked(place.guest, "A9").next_url == place.copy_url("B1/")
    assert asked(place.guest, "B1").previous_url == place.copy_url("A9/")
    assert asked(place.guest, "B2").place.endswith("énoncé 2 sur 10")


def test_a_suggestion_is_shown_and_never_ticked(place: Place) -> None:
    answer(place.guest, "A1", "2", suggestion=True)
    question = asked(place.guest, "A1")
    assert not any(o.checked for o in (*question.levels, *question.outs))
    assert (question.last_year, question.status) == ("En pratique", "")


def test_an_answer_that_waits_is_ticked_and_said_not_to_be_saved(place: Place) -> None:
    answer(place.guest, "A1", "2")
    question = asked(place.guest, "A1", "nsp")
    assert [o.value for o in (*question.levels, *question.outs) if o.checked] == ["nsp"]
    assert question.waits
    assert "pas encore enregistrée" in question.status


def test_the_hour_is_told_today_and_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    paris = ZoneInfo("Europe/Paris")
    now = datetime(2026, 3, 4, 18, 42, tzinfo=paris)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert panels.saved_at(now) == "à 18\u00a0h\u00a042"
    assert panels.saved_at(datetime(2026, 3, 3, 23, 59, tzinfo=paris)) == "le 3\u00a0mars 2026"


def test_the_overview_tells_the_three_states_apart(place: Place) -> None:
    answer(place.guest, "A1", "3")
    answer(place.guest, "A2", "1", suggestion=True)
    human = panels.overview(questionnaire(), place.guest, selectors.answers_of(place.guest))[0]
    assert [(ln.state, ln.reply) for ln in human.lines[:3]] == [
        ("answered", "Ancré et évalué"),
        ("suggested", "Premiers pas"),
        ("missing", ""),
    ]
    assert human.answered == 1


def test_one_resumes_at_the_first_statement_not_confirmed(place: Place) -> None:
    answer(place.guest, "A1")
    answer(place.guest, "A2", suggestion=True)
    answer(place.guest, "A3")
    assert panels.first_missing(questionnaire(), selectors.answers_of(place.guest)) == "A2"
    place.guest.answers.all().delete()
    answer_all(place.guest)
    assert panels.first_missing(questionnaire(), selectors.answers_of(place.guest)) == "A1"


def test_the_words_of_a_statement_come_from_the_glossary() -> None:
    explained = next(s for s in questionnaire().statements if s.terms)
    assert [t.code for t in panels.glossary_of(explained)] == list(explained.terms)
    GlossaryTerm.objects.filter(code=explained.terms[0]).delete()
    assert len(panels.glossary_of(explained)) == len(explained.terms) - 1


def people(place: Place, role: str) -> list[Person]:
    manager = role in ("admin", "lead")
    rows = selectors.respondents_of(place.campaign)
    return [person(r, place.people[role], manager) for r in rows]


def step(place: Place, role: str = "admin") -> tuple[str, str]:
    manager = role in ("admin", "lead")
    found = next_step(place.campaign, people(place, role), manager)
    return found.action, found.title.replace("\u00a0", " ")


def test_the_next_step_follows_the_campaign(place: Place) -> None:
    assert step(place)[0] == "answer"
    mine = respondent(place.campaign, user=place.people["admin"])
    assert step(place)[0] == "continue"
    answer_all(mine)
    assert step(place) == ("invite", "Invitez encore au moins 1 personne.")
    assert step(place, "staff")[0] == "answer"
    third = respondent(place.campaign)
    assert step(place) == ("close", "Il manque 2 regards.")
    answer_all(place.guest)
    answer_all(third)
    assert step(place) == ("close", "Tout le monde a terminé.")
    answer_all(respondent(place.campaign, user=place.people["staff"]))
    assert step(place, "staff") == ("", "Tout le monde a terminé.")
    place.campaign.state = "closed"
    assert step(place, "staff")[0] == "result"


def test_a_member_who_does_not_manage_is_asked_nothing_more(place: Place) -> None:
    answer_all(respondent(place.campaign, user=place.people["board"]))
    assert step(place, "board") == ("", "Invitez encore au moins 1 personne.")
    respondent(place.campaign)
    assert step(place, "board")[0] == ""


def test_the_address_of_a_person_is_for_who_invited_her(place: Place) -> None:
    place.guest.delete()
    respondent(place.campaign, email="lea@exemple.fr", invited_at=timezone.now())
    respondent(place.campaign, email="zoe@exemple.fr")
    assert [p.name for p in people(place, "lead")] == ["lea@exemple.fr", "Une personne"]
    assert {p.name for p in people(place, "staff")} == {"Une personne"}


def test_a_person_is_not_started_in_progress_or_finished(place: Place) -> None:
    answer(place.guest, suggestion=True)
    assert people(place, "lead")[0].state == "pas commencé"
    answer(place.guest, "A2")
    assert people(place, "lead")[0].state == "en cours"
    place.guest.finished_at = timezone.now()
    place.guest.save()
    assert people(place, "lead")[0].state == "terminé"


def test_a_total_is_shown_only_when_every_category_is_known() -> None:
    row = FinanceYear(year=2024, charges=Decimal(10), dons=Decimal(5))
    assert (summary(row).resources, summary(row).given) == (None, 2)
    whole = FinanceYear(year=2024, **dict.fromkeys(RESOURCE_KEYS, Decimal(2)))
    assert (summary(whole).resources, summary(whole).total) == (Decimal(2 * len(RESOURCE_KEYS)), 23)


@pytest.mark.parametrize("typed", ["", "24", "20245", "mille", "1999", "9999", "-2024", "2024,5", "1" * 5000])
def test_a_year_that_cannot_be_is_refused(typed: str) -> None:
    assert "année en quatre chiffres" in year_refusal(typed, [])


def test_a_fourth_year_is_refused_and_a_known_one_is_not() -> None:
    years = [FinanceYear(year=y) for y in (2020, 2021, 2022)]
    assert "supprimez-en un" in year_refusal("2023", years)
    assert year_refusal("2021", years) == ""
    assert year_refusal("2023", years[:2]) == ""


def test_the_last_closed_years_are_offered_first() -> None:
    last = timezone.localdate().year - 1
    assert add_choices([]) == [last, last - 1, last - 2]
    assert add_choices([FinanceYear(year=last - 1)]) == [last, last - 2]
    assert add_choices([FinanceYear(year=last - n) for n in range(3)]) == []


def test_rows_are_told_by_their_names(place: Place) -> None:
    assert str(Instrument.objects.get()) == "mse-1"
    assert str(place.campaign).startswith("Les Ateliers du Canal ")
    assert str(place.guest) == "Léa"
    assert str(Respondent(role="equipe")) == "équipe"
    assert str(answer(place.guest, "B2")) == "B2"
    assert str(FinanceYear(year=2024)) == "2024"
