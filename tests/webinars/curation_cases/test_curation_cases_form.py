"""The form of a case and its sheet are one thing: what is read is what is sent, line by line."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.webinars import sheet
from apps.webinars.curation.forms import fields, lines
from apps.webinars.curation.wording import FIELDS, anchor
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import Form, words
from tests.webinars.factories import organisation, person, whole

pytestmark = pytest.mark.django_db
NEW = reverse("curation:case_create")


def edit(webinar: Webinar) -> str:
    return reverse("curation:case_edit", args=[webinar.slug])


def draft(**changes: Any) -> Webinar:
    return CASES.create(by=None, draft=whole(**changes))


def test_every_published_sheet_comes_back_as_it_was(desk: StrictClient) -> None:
    cases = list(Webinar.objects.filter(sheet__isnull=False))
    assert len(cases) == 18
    for webinar in cases:
        sent = Form(desk.get(edit(webinar))).send(desk, edit(webinar))
        assert sent.status_code == 302, words(sent)[:2000]
        after = Webinar.objects.get(pk=webinar.pk)
        assert after.draft == webinar.draft
        assert (after.version, after.state) == (webinar.version, webinar.state)
        assert after.revisions.count() == webinar.revisions.count()


def test_a_sheet_with_everything_unusual_comes_back_too(desk: StrictClient) -> None:
    twin = organisation("les-essais-bis", "Les Essais")
    gone = Person.objects.create(slug="personne-retiree-9", is_withdrawn=True)
    there = person("li-wei", "", "李雷")
    webinar = draft(
        speakers=[
            {"person": "ada-essai", "organisation": "les-essais", "role": "Directrice"},
            {"person": "ada-essai", "organisation": twin.slug, "role": "Présidente"},
            {"person": gone.slug, "organisation": twin.slug, "role": ""},
            {"person": there.slug, "organisation": "", "role": ""},
            {"person": "", "organisation": "les-essais", "role": "À préciser"},
            {"person": "inconnue-au-bataillon", "organisation": "", "role": "Témoin"},
        ],
        points_of_view=[
            {
                "theme": "Un",
                "people": [gone.slug, "ada-essai"],
                "organisation": twin.slug,
                "text": "a\nb\n\nc",
            },
            {"theme": "", "people": ["li-wei"], "organisation": "", "question": "?\n?", "text": ""},
        ],
        project={"name": "", "people": ["ada-essai"], "organisation": "", "text": ""},
        figures=[
            {"value": "0,2", "number": 0.2, "whole": 1e22, "label": "x"},
            {"value": "−3", "number": -3, "whole": 0, "label": "y", "unit": "%"},
            {"value": "16 000 000 000,5", "number": 16_000_000_000.5, "label": "z"},
        ],
        related_goals=[13, 9, 3],
        fragilities=["F08", "F02", "F99"],
        regions=["84", "11"],
        model={
            "title": "",
            "note": "",
            "rows": [
                {
                    "level": "national",
                    "human": [{"state": "en_cours", "text": "a"}, {"state": "", "text": "b"}],
                },
                {"level": "national", "financial": [{"state": "a_developper", "text": "c"}]},
                {"level": "ensemble"},
            ],
        },
        opening={"text": "", "questions": ["Un ?", "Deux ?"]},
        curator_note=["Un.", "Deux\nlignes."],
        takeaway="Deux\nlignes.",
    )
    form = Form(desk.get(edit(webinar)))
    sent = form.send(desk, edit(webinar))
    assert sent.status_code == 302, words(sent)[:3000]
    after = Webinar.objects.get(pk=webinar.pk)
    assert after.draft == webinar.draft
    assert after.revisions.count() == 1


def test_the_whole_journey_of_a_new_case(desk: StrictClient, known: None) -> None:
    form = Form(desk.get(NEW)).typed(
        title="Modèles : un essai !",
        short_title="Un essai",
        date="2026-11-19",
        cycle="nouveaux-equilibres",
        fragilities=["F08"],
        pillars=["human"],
        essential="Un.\r\n\r\nDeux.",
        speakers__0__first_name="Ada",
        speakers__0__last_name="Essai",
        speakers__0__organisation="Les Essais",
        speakers__0__role="Directrice",
        levers__1__title="Ouvrir",
    )
    sent = form.send(desk, NEW)
    # She has never spoken for them in public: it is asked once.
    assert sent.status_code == 422
    assert "1 nom à vérifier" in words(sent)
    again = Form(sent)
    assert again.get("title") == "Modèles : un essai !"
    sent = again.put("qui-person-ada-essai", "ada-essai").send(desk, NEW)
    assert sent.status_code == 302, words(sent)
    webinar = Webinar.objects.get(slug="webinaire-2026-11-19")
    said = sheet.read(webinar.draft)
    assert said.speakers == [sheet.Speaker(person="ada-essai", organisation="les-essais", role="Directrice")]
    assert said.essential == ["Un.", "Deux."]
    assert [lever.title for lever in said.levers] == ["Ouvrir"]
    assert said.figures == []
    assert sent["Location"] == reverse("curation:case", args=[webinar.slug])


@pytest.mark.parametrize("section", list(lines.SECTIONS))
def test_a_line_is_added_without_script_and_nothing_is_lost(
    desk: StrictClient, known: None, section: str
) -> None:
    webinar = draft()
    form = Form(desk.get(edit(webinar))).typed(
        title="Changé, pas encore enregistré", figures__0__number="pas un nombre"
    )
    before = int(form.get(f"{section}-TOTAL_FORMS"))
    page = form.send(desk, edit(webinar), f"add-{section}")
    assert page.status_code == 200
    after = Form(page)
    assert int(after.get(f"{section}-TOTAL_FORMS")) == before + 1
    assert after.get("title") == "Changé, pas encore enregistré"
    assert after.get("figures-0-number") == "pas un nombre"
    mine = {pair for pair in form.pairs if not pair[0].startswith(f"{section}-TOTAL")}
    assert mine <= set(after.pairs)
    webinar.refresh_from_db()
    assert webinar.version == 1


def test_htmx_gets_the_section_alone(desk: StrictClient, known: None) -> None:
    webinar = draft()
    form = Form(desk.get(edit(webinar)))
    page = form.send(desk, edit(webinar), "add-views", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<section class="part" id="section-views"')
    assert "<h1" not in page
    assert "views-1-theme" in page
    assert "autofocus" in page
    people = form.put("speakers-0-first_name", "Adèle").send(
        desk, edit(webinar), "people", headers={"HX-Request": "true"}
    )
    assert 'hx-swap-oob="true"' in people.content.decode()
    assert "Adèle Essai" in words(people)
    counted = form.put("summary", "un deux trois").send(
        desk, edit(webinar), "count", headers={"HX-Request": "true"}
    )
    assert "3\u00a0mots" in counted.content.decode()


def test_words_are_counted_without_script(desk: StrictClient) -> None:
    page = Form(desk.get(NEW)).typed(summary="un " * 130).send(desk, NEW, "count")
    assert page.status_code == 200
    assert "130 mots : c’est la bonne longueur" in words(page)
    assert not Webinar.objects.filter(author__isnull=False).exists()


def test_lines_are_removed_and_put_in_order(desk: StrictClient, known: None) -> None:
    webinar = draft(levers=[{"title": name} for name in "ABCDE"])

    def titles(**places: str) -> list[str]:
        form = Form(desk.get(edit(webinar)))
        for name, place in places.items():
            form.put(f"levers-{'ABCDE'.index(name)}-place", place)
        assert form.send(desk, edit(webinar)).status_code == 302
        webinar.refresh_from_db()
        found = [lever.title for lever in sheet.read(webinar.draft).levers]
        webinar.draft = sheet.stored(whole(levers=[{"title": name} for name in "ABCDE"], slug=webinar.slug))
        webinar.save()
        return found

    assert titles(D="1") == list("DABCE")
    assert titles(A="3") == list("BCADE")
    assert titles(A="99", E="0") == list("EBCDA")
    assert titles(C="") == list("ABCDE")
    form = Form(desk.get(edit(webinar))).put("levers-1-DELETE", "on").put("levers-3-DELETE", "on")
    form.send(desk, edit(webinar))
    webinar.refresh_from_db()
    assert [lever.title for lever in sheet.read(webinar.draft).levers] == list("ACE")


def test_adding_a_line_puts_the_others_in_order(desk: StrictClient, known: None) -> None:
    webinar = draft(levers=[{"title": name} for name in "ABC"])
    form = Form(desk.get(edit(webinar))).put("levers-2-place", "1").put("levers-0-DELETE", "on")
    after = Form(form.send(desk, edit(webinar), "add-levers"))
    assert [after.get(f"levers-{n}-title") for n in range(4)] == ["C", "A", "B", ""]
    assert [after.get(f"levers-{n}-place") for n in range(4)] == ["1", "2", "3", "4"]
    assert after.get("levers-1-DELETE") == "on"


def test_thirty_lines_are_the_most_that_a_button_gives(desk: StrictClient, known: None) -> None:
    webinar = draft(levers=[{"title": f"Levier {n}"} for n in range(40)])
    page = desk.get(edit(webinar))
    assert "c’est le plus que ce formulaire propose" in words(page)
    form = Form(page)
    assert ("act", "add-levers") not in form.buttons
    form.buttons.append(("act", "add-levers"))
    assert Form(form.send(desk, edit(webinar), "add-levers")).get("levers-TOTAL_FORMS") == "40"
    assert form.send(desk, edit(webinar)).status_code == 302
    webinar.refresh_from_db()
    assert len(sheet.read(webinar.draft).levers) == 40


def test_a_form_with_thirty_lines_everywhere_is_received(desk: StrictClient, known: None) -> None:
    who = {"person": "ada-essai", "organisation": "les-essais"}
    webinar = draft(
        speakers=[{**who, "role": f"Rôle {n}"} for n in range(30)],
        points_of_view=[{"theme": f"Regard {n}", "people": ["ada-essai"]} for n in range(30)],
        figures=[{"value": f"{n}", "label": "x"} for n in range(30)],
        levers=[{"title": f"Levier {n}"} for n in range(30)],
    )
    form = Form(desk.get(edit(webinar)))
    assert 700 < len(form.pairs) < 1000
    assert form.send(desk, edit(webinar)).status_code == 302
    assert Webinar.objects.get(pk=webinar.pk).draft == webinar.draft


def test_what_is_not_understood_is_told_and_kept(desk: StrictClient, known: None) -> None:
    webinar = draft()
    page = (
        Form(desk.get(edit(webinar)))
        .typed(
            date="le 3 mai",
            takeaway="x" * 401,
            summary=f"{'y' * 4001}",
            figures__0__number="beaucoup",
            speakers__0__last_name="",
            levers__0__place="premier",
        )
        .put("rows-TOTAL_FORMS", "1")
        .put("rows-0-human", "[existant] Sans échelon")
        .send(desk, edit(webinar))
    )
    assert page.status_code == 422
    told = words(page)
    for sentence in (
        "Le brouillon n’est pas encore enregistré",
        "Écrivez une date",
        "401 caractères, pour 400 au plus",
        "L’un des textes dépasse 4000 caractères",
        "« beaucoup » n’est pas un nombre",
        "Écrivez aussi son nom",
        "Écrivez un nombre entier",
        "Choisissez l’échelon de cette ligne",
        "Tableau des trois appuis, ligne 1, Échelon",
    ):
        assert sentence in told, sentence
    form = Form(page)
    assert form.get("date") == "le 3 mai"
    assert form.get("takeaway") == "x" * 401
    html = page.content.decode()
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{target}"' in html, target
    webinar.refresh_from_db()
    assert webinar.version == 1


def test_choices_outside_the_lists_are_refused(desk: StrictClient, known: None) -> None:
    webinar = draft()
    page = (
        Form(desk.get(edit(webinar)))
        .typed(
            goals=["abc"],
            pillars=["autre"],
            cycle="x",
            levers_kind="y",
            your_turn_axis="z",
            source_status="Q",
        )
        .send(desk, edit(webinar))
    )
    assert page.status_code == 422
    assert words(page).count("Choisissez dans la liste") >= 6


def test_a_label_that_no_longer_exists_stays_until_it_is_unticked(desk: StrictClient, known: None) -> None:
    webinar = draft(fragilities=["F99"])
    page = desk.get(edit(webinar))
    assert "F99 (n’existe plus)" in words(page)
    assert "« F99 » n’existe pas" in words(page)
    Form(page).typed(fragilities=["F08"]).send(desk, edit(webinar))
    webinar.refresh_from_db()
    assert webinar.draft["fragilities"] == ["F08"]


def test_what_publication_asks_for_is_told_with_its_place(desk: StrictClient, known: None) -> None:
    webinar = CASES.create(by=None, draft=sheet.Sheet(short_title="Vide"))
    page = desk.get(edit(webinar))
    html = page.content.decode()
    pointers = re.findall(r'<a href="#([^"]+)">', html.split('class="pointers plain"')[1].split("</ul>")[0])
    assert len(pointers) > 12
    for target in pointers:
        assert f'id="{target}"' in html, target
    assert "Le titre officiel manque" in words(page)
    assert "Avant de publier" not in words(desk.get(NEW))


def test_every_field_of_a_sheet_has_its_words_and_its_place(desk: StrictClient, known: None) -> None:
    assert set(FIELDS) == set(sheet.Sheet.model_fields) - {"slug"}
    html = desk.get(edit(draft())).content.decode()
    for name in FIELDS:
        assert f'id="{anchor(name)}"' in html, name


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (8.0, "8"),
        (0.2, "0,2"),
        (1e22, "1e+22"),
        (-1234567.5, "-1\u202f234\u202f567,5"),
        (None, ""),
        (1e-7, "1e-07"),
        (0.0, "0"),
    ],
)
def test_numbers_are_written_as_they_are_read(number: float | None, text: str) -> None:
    assert fields.write_number(number) == text
    assert fields.NumberField().clean(text) == number


@pytest.mark.parametrize("text", ["abc", "1_000", "nan", "inf", "1 2 3 x", "--3"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(fields.ValidationError):
        fields.NumberField().clean(text)


def test_the_number_of_queries_does_not_grow(desk: StrictClient, known: None) -> None:
    counts = []
    for size in (1, 3):
        names = [person(f"p{n}", "P", f"N{n}").slug for n in range(size)]
        places = [organisation(f"o{n}", f"O{n}").slug for n in range(size)]
        webinar = draft(
            speakers=[
                {"person": who, "organisation": where, "role": ""}
                for who, where in zip(names, places, strict=True)
            ],
            points_of_view=[{"theme": "t", "people": names, "organisation": places[0]}] * size,
            levers=[{"title": "x"}] * size,
        )
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(edit(webinar)).status_code == 200
        counts.append(len(queries))
    assert counts == [8, 8]
    with CaptureQueriesContext(connection) as queries:
        desk.get(NEW)
    assert len(queries) == 5


def test_nobody_is_added_by_looking(desk: StrictClient, known: None) -> None:
    before = (Person.objects.count(), CitedOrganisation.objects.count())
    form = Form(desk.get(NEW)).typed(
        speakers__0__first_name="Zoé", speakers__0__last_name="Zola", speakers__0__organisation="Zzz"
    )
    form.send(desk, NEW, "add-speakers")
    form.send(desk, NEW)
    assert (Person.objects.count(), CitedOrganisation.objects.count()) == before
