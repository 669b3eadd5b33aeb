"""The same figures on the screen, on paper, in the text, in the spreadsheets and in the workbook."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from decimal import Decimal
from typing import Any

import page
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from apps.core.pdf import render_pdf
from apps.methodology.choosing import books, voting
from apps.methodology.choosing.report import report
from apps.methodology.choosing.voting import Said
from apps.methodology.dossier import archive, blocks, names, odt, outline, paper, sheets, simulated, stamp
from apps.methodology.dossier import kinds as files
from apps.methodology.dossier.contents import Contents
from apps.methodology.models import Item, ScenarioVote, Seat
from apps.methodology.simulation import figures, words
from apps.methodology.simulation.pictures import Table
from apps.simulator.outcome import Projection
from tests.methodology.choosing import cases
from tests.methodology.roadmap.support import client
from tests.methodology.roadmap.support import words as text_of

pytestmark = pytest.mark.django_db
REASON = "Et la salle, qui la paie ?"


@pytest.fixture
def full(lead: Seat, board: Seat, first: Item, second: Item) -> Contents:
    cases.accounts(lead)
    cases.hypotheses(lead, first)
    cases.hypothesis(lead, second, "membership", "Moins de membres", "-10", each="15")
    voting.vote(seat=lead, scenario=first, said=Said("supports", "", 0))
    voting.vote(seat=board, scenario=first, said=Said("objects", REASON, 0))
    return contents_of(lead)


def contents_of(seat: Seat) -> Contents:
    """As a worker reads it."""
    kept: list[Contents] = []
    one = files.Format("x", "", "", kept.append)  # type: ignore[arg-type]
    one.build(seat.engagement_id)
    return kept[0]


def projection(seat: Seat, scenario: Item) -> Projection:
    study = figures.of(figures.sheet_for_files(seat.engagement), scenario.pk)
    assert study
    return study.projection


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def odt_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return html.unescape(re.sub(r"<[^>]+>", " ", made.read("content.xml").decode()))


def amounts(told: Projection) -> list[str]:
    """What every one of them must say, as it is said."""
    return [
        *map(words.signed, told.results),
        *map(words.money, (*told.total_resources, *told.total_costs, *told.equity, *told.treasury[11::12])),
        *map(words.cash, told.months_of_cash),
        *(words.signed(value) for one in told.alliances for value in one.values),
    ]


def test_paper_text_and_screen_say_the_figures_of_the_engine(full: Contents, lead: Seat, first: Item) -> None:
    told = amounts(projection(lead, first))
    content = render_pdf(paper.html(full), at=timezone.now()).content
    checked = page.validate_pdf_bytes(content, profile="ua1")
    assert checked.is_compliant, [f"{f.rule_id} {f.message}" for f in checked.failures]
    printed = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages)
    typed = odt_text(odt.write(full))
    screen = text_of(
        client(lead).get(reverse("method:simulation", args=[lead.engagement_id, first.pk]), follow=True)
    )
    for where, text in (("pdf", printed), ("odt", typed), ("screen", screen)):
        plain = squeezed(text)
        assert [said for said in told if squeezed(said) not in plain] == [], where
    for said in ("Ana Aubépine", REASON, "Sans montant", "Pas comptée", "Maison commune", "Voix par rôle"):
        assert squeezed(said) in squeezed(printed), said
        assert squeezed(said) in squeezed(typed), said


def test_the_chapter_begins_with_the_table_of_the_tools_page(full: Contents, lead: Seat, first: Item) -> None:
    place = [lead.engagement_id]
    screen = squeezed(text_of(client(lead).get(reverse("method:tool", args=[*place, "simulateur"]))))
    assert full.simulation
    table = full.simulation.compared
    assert table
    assert table.header[:3] == ("", "Sans hypothèse", "Grandir ensemble")
    lines = [row for row in table.rows if any(squeezed(cell) not in screen for cell in row)]
    assert (len(table.rows), lines) == (len(table.rows), [])
    last = projection(lead, first).results[-1]
    assert words.signed(last) in {row[2] for row in table.rows}
    section = outline.outline(full).chapters[4].sections[-1]
    grids = [one for one in section.blocks if isinstance(one, blocks.Grid)]
    assert [tuple(cell.text for cell in row) for row in grids[0].rows] == list(table.rows)


def test_many_scenarios_are_compared_four_at_a_time() -> None:
    header = ("", "Sans hypothèse", *"ABCDEFGHI")
    found = simulated.side_by_side(Table("Les futurs", header, (tuple(str(n) for n in range(11)),)))
    assert [[cell.text for cell in one.columns] for one in found if isinstance(one, blocks.Grid)] == [
        ["En bref", "Sans hypothèse", *"ABCD"], ["En bref", "Sans hypothèse", *"EFGH"],
        ["En bref", "Sans hypothèse", "I"],
    ]  # fmt: skip
    assert [[cell.text for cell in one.rows[0]] for one in found if isinstance(one, blocks.Grid)][2] == [
        "0", "1", "10",
    ]  # fmt: skip


def test_a_scenario_with_nothing_counted_does_not_repeat_the_base(
    lead: Seat, first: Item, second: Item
) -> None:
    cases.accounts(lead)
    cases.hypotheses(lead, first)
    section = outline.outline(contents_of(lead)).chapters[4].sections[-1]
    alone, full, bare = (one for one in section.blocks if isinstance(one, blocks.Entry))
    for one in (alone, full):
        pictures = [block.name for block in one.blocks if isinstance(block, blocks.Picture)]
        assert "triangle" in pictures
    assert "tornado" in [block.name for block in full.blocks if isinstance(block, blocks.Picture)]
    assert bare.blocks == (simulated.listed((simulated.AS_ALONE,)),)


def test_totals_stand_out_on_paper(full: Contents) -> None:
    printed = paper.html(full)
    named = re.findall(r'<tr class="total"><th scope="row">([^<]*)', printed)
    assert {"Total des ressources", "Total des charges", "Résultat", "Résultats cumulés"} <= set(named)
    assert not [name for name in named if name.startswith(("Subventions", "Mois"))]


def rows_of(content: bytes, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))


def test_spreadsheets_and_workbook_hold_the_figures_of_the_engine(
    full: Contents, lead: Seat, first: Item
) -> None:
    told = projection(lead, first)
    content = sheets.to_xlsx(full)
    by_name = {row[1]: row[3:] for row in rows_of(content, "Simulation") if row[0] == "Grandir ensemble"}
    exact = {
        "Total des ressources": told.total_resources,
        "Total des charges": told.total_costs,
        "Résultat": told.results,
        "Fonds propres": told.equity,
        "Trésorerie fin d’année": told.treasury[11::12],
        "Maison commune\u00a0: valeur": told.alliances[0].values,
    }
    for name, cents in exact.items():
        assert [round(Decimal(str(one)) * 100) for one in by_name[name]] == list(cents), name
    voices = rows_of(content, "Voix sur les scénarios")
    assert [row[:5] for row in voices[1:]] == [
        ("Grandir ensemble", "J’ai une objection", "Ana Aubépine", "gouvernance", REASON),
        ("Grandir ensemble", "Je le soutiens", "Chloé Chêne", "référente ou référent", None),
    ]
    made = books.FORMATS["xlsx"].build(lead.engagement_id).content
    shown = {
        round(Decimal(str(cell)) * 100)
        for sheet in load_workbook(io.BytesIO(made), data_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, int | float)
    }
    for cents in exact.values():
        assert set(cents) <= shown
    assert sheets.to_ods(full)[:2] == b"PK"


def test_the_archive_carries_hypotheses_and_no_vote(full: Contents, lead: Seat) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.write(full))) as made:
        held = {name: made.read(name) for name in made.namelist()}
    items = json.loads(held["donnees/elements.json"])["items"]
    under = [one for one in items if one["kind"] == "hypothesis"]
    assert len(under) == 6
    assert {one["parent"] for one in under} == {"scenario-1", "scenario-2"}
    assert "Les voix données sur les scénarios" in held["LISEZ-MOI.txt"].decode()
    assert "Voix sur les scénarios" not in load_workbook(io.BytesIO(held["donnees.xlsx"])).sheetnames
    printed = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(held["dossier.pdf"])).pages)
    assert squeezed("Trésorerie fin d’année") in squeezed(printed)
    typed = odt_text(held["dossier.odt"])
    data = b"".join(one for name, one in held.items() if name.endswith(".json")).decode()
    for said in (REASON, "J’ai une objection"):
        assert squeezed(said) not in squeezed(printed + typed + data), said


def test_a_file_is_old_once_somebody_votes(lead: Seat, first: Item) -> None:
    before = stamp.stamp(lead.engagement)
    voting.vote(seat=lead, scenario=first, said=Said("supports", "", 0))
    voted = stamp.stamp(lead.engagement)
    voting.take_back(seat=lead, scenario=first)
    assert len({before, voted}) == 2
    assert stamp.stamp(lead.engagement) == before


def test_without_scenario_or_accounts_the_dossier_still_reads(lead: Seat) -> None:
    assert report(lead.engagement, names.of_seat) is None
    scenario = cases.scenario(lead)
    cases.hypotheses(lead, scenario)
    said = contents_of(lead)
    step = outline.outline(said).chapters[4]
    assert [section.title for section in step.sections] == ["Modèle cible", "Simulation"]
    printed = paper.html(said)
    assert "Il manque un exercice de départ" in printed
    assert "Animatrice" in printed
    assert sheets.to_xlsx(said)


def test_an_account_without_a_name_votes_as_a_person_of_the_team(lead: Seat, first: Item) -> None:
    assert lead.user
    lead.user.full_name = ""
    lead.user.save()
    ScenarioVote.objects.create(item=first, seat=lead, stance="supports")
    assert lead.user.email not in repr(contents_of(lead).simulation)
