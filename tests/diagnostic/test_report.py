"""Asking for a report: one file a state of the result, named for a person."""

from __future__ import annotations

import pytest

from apps.diagnostic import report
from apps.diagnostic.models import Result
from apps.diagnostic.presenters import present, previous_result
from apps.diagnostic.presenters_balance import shares_of
from apps.documents.models import Document
from tests.factories import OrganisationFactory, member
from tests.factories.diagnostic import campaign, closed_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def result() -> Result:
    made = closed_campaign(OrganisationFactory.create(name="Les Amis de l’Été"), people=3)
    return report.result_of(made.campaign_id)


def ask(result: Result) -> Document:
    return report.request_report(result=result, by=member(result.campaign.organisation))


def key(result: Result) -> str:
    again = report.result_of(result.campaign_id)
    previous = previous_result(again.campaign)
    return report.report_key(again, previous, present(again, previous))


def test_asking_again_returns_the_same_document(result: Result) -> None:
    first = ask(result)
    assert ask(report.result_of(result.campaign_id)) == first
    assert Document.objects.count() == 1
    assert first.filename.startswith("auto-diagnostic-les-amis-de-lete-")
    assert first.filename.endswith(".pdf")
    assert first.subject_id == result.campaign_id
    assert first.organisation == result.campaign.organisation


def test_the_screen_finds_the_document_that_was_asked(result: Result) -> None:
    assert report.existing_report(key(result)) is None
    made = ask(result)
    assert report.existing_report(key(result)) == made


def test_a_new_name_or_a_new_template_gives_a_new_file(
    result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(result)
    assert key(result) == before
    organisation = result.campaign.organisation
    organisation.name = "Les Amis de l’Hiver"
    organisation.save()
    renamed = key(result)
    monkeypatch.setattr(report, "REPORT_VERSION", "report-essai")
    assert len({before, renamed, key(result)}) == 3


def test_an_open_campaign_has_no_report() -> None:
    with pytest.raises(Result.DoesNotExist):
        report.build_report(campaign().pk)


def test_the_worker_writes_the_page_of_the_result_at_its_closing_date(result: Result) -> None:
    source = report.build_report(result.campaign_id)
    assert "Les Amis de l’Été" in source.html
    assert source.at == result.campaign.closed_at


def test_the_previous_campaign_is_that_of_the_same_organisation(result: Result) -> None:
    following = closed_campaign(result.campaign.organisation, people=3)
    assert previous_result(report.result_of(following.campaign_id).campaign) == result
    following.campaign.organisation = OrganisationFactory.create()
    assert previous_result(following.campaign) is None
    assert previous_result(result.campaign) is None


def test_a_previous_campaign_without_a_result_is_no_comparison(result: Result) -> None:
    following = closed_campaign(result.campaign.organisation, people=3)
    result.delete()
    assert previous_result(report.result_of(following.campaign_id).campaign) is None


def test_without_a_balance_point_the_cover_shows_none(result: Result) -> None:
    view = present(result, None)
    with_point = report.report_html(view, shares_of(result.payload))
    without = report.report_html(view, None)
    assert "Le point safran" in with_point
    assert "Le point safran" not in without
    assert 'alt="Les trois appuis."' in without


@pytest.mark.parametrize(
    ("length", "name"),
    [(24, "brief"), (25, "short"), (40, "short"), (41, "long"), (90, "long"), (91, "longest")],
)
def test_a_long_name_is_set_smaller_on_the_cover(result: Result, length: int, name: str) -> None:
    result.campaign.organisation.name = "A" * length
    assert f'<section class="cover {name}">' in report.report_html(present(result, None), None)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Le Fil", "Le Fil"), ("Fédération des associations, de quartier", "Fédération des associations…"), ("A" * 40, "A" * 29 + "…")],
)  # fmt: skip
def test_the_margin_holds_whole_words(name: str, short: str) -> None:
    assert report.shortened(name, 30) == short
