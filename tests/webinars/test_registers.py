"""The registers of people and organisations, as a curator reads and corrects them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.webinars.curation import register_reads as reads
from apps.webinars.curation.register_kinds import ORGANISATIONS, PEOPLE
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.diagnostic.pages import count_queries, text
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import organisation, person, published, whole
from tests.webinars.registers import TODAY, correct, pair, withdraw

pytestmark = pytest.mark.django_db
LIST, PLACES = "/curation/personnes/", "/curation/organisations/"


@pytest.fixture(name="me")
def make_me(client: StrictClient) -> StrictClient:
    client.force_login(platform_person(PlatformRole.CURATOR))
    return client


def url(name: str, slug: str = "lea-garde") -> str:
    return reverse(f"curation:{name}", args=[slug])


def read(me: StrictClient, path: str, status: int = 200) -> str:
    page = me.get(path)
    assert page.status_code == status, page
    return text(page)


def filled(**changes: Any) -> dict[str, str]:
    return {
        "first_name": "Léa",
        "last_name": "Garde",
        "spellings": "",
        "note": "",
        "asked_on": "",
        "reason": "",
        **changes,
    }


# Lists


def test_the_list_says_how_many_cases_and_what_was_decided(me: StrictClient) -> None:
    told = read(me, LIST)
    assert f"{Person.objects.count()} personnes" in told
    assert "Adrien Huc 1 cas public" in told
    assert "Chrystel Sanguinede" in read(me, f"{LIST}?q=christel+sanguinede")
    assert "2 autres graphies" in read(me, f"{LIST}?q=CHRISTEL")
    assert "« Chrystel » dans la section" in read(me, f"{LIST}?voir=note")


@pytest.mark.parametrize("words", ["halloûch", "HAKIM hallouch", "hallouch hakim", "hakim-hal"])
def test_search_knows_accents_spellings_and_codes(me: StrictClient, words: str) -> None:
    told = read(me, f"{LIST}?q={words}")
    assert "1 personne" in told
    assert "Hakim Hallouch" in told


@pytest.mark.parametrize(
    "path", [f"{LIST}?q=introuvable", f"{PLACES}?q=%25%27;--", f"{LIST}?voir=gone", f"{LIST}?q=_"]
)
def test_nothing_found_says_what_to_do(me: StrictClient, path: str) -> None:
    told = read(me, path)
    assert "Aucune fiche ne correspond" in told
    assert "Voir toutes les fiches" in told


def test_pages_keep_the_search_and_bad_numbers_are_the_nearest_page(me: StrictClient) -> None:
    assert "Page 1 sur 3" in read(me, LIST)
    assert "Page 3 sur 3" in read(me, f"{LIST}?page=99")
    assert "Page 1 sur 3" in read(me, f"{LIST}?page=x&voir=n-importe-quoi")
    assert "?page=2&amp;q=e&amp;voir=" in me.get(f"{LIST}?q=e").content.decode()


def test_an_empty_register_says_where_rows_come_from(me: StrictClient) -> None:
    Webinar.objects.all().delete()
    Person.objects.all().delete()
    assert "Les fiches naissent quand un cas cite quelqu’un" in read(me, LIST)


def test_merged_rows_are_not_in_the_list_and_removed_names_are_apart(me: StrictClient) -> None:
    kept, other, _ = pair()
    people.merge(kept=kept, other=other, by=None)
    withdraw(person("ada-essai"))
    assert "1 personne" in read(me, f"{LIST}?q=garde")
    assert "Nom retiré à sa demande" in read(me, f"{LIST}?voir=gone")
    assert "Nom retiré" not in read(me, f"{LIST}?q=retir")


# Duplicates


@pytest.mark.parametrize(
    ("first", "last", "twin"),
    [
        ("Hâkim", "Hallouche", "Hakim Hallouch"),
        ("Frederique", "Lemonnier", "Frédérique Le Monnier"),
        ("Christel", "SANGUINÈDE", "Chrystel Sanguinede"),
        ("Charlotte", "Bosch", "Charlotte Bosc"),
        ("Jean Eric", "Aubert", "Jean-Éric Aubert"),
        ("Diego", "Dureau", "Diego du Reau"),
    ],
)
def test_probable_duplicates_are_shown_side_by_side(
    me: StrictClient, first: str, last: str, twin: str
) -> None:
    Person.objects.create(slug="double", first_name=first, last_name=last)
    found = [{str(one), str(other)} for one, other in reads.alike(PEOPLE)]
    assert {f"{first} {last}", twin} in found
    assert f"{first} {last}" in read(me, LIST)


def test_people_of_the_files_are_all_different_and_common_words_make_nobody_alike() -> None:
    assert reads.alike(PEOPLE) == []
    names = [{str(one), str(other)} for one, other in reads.alike(ORGANISATIONS)]
    assert names == [{"Fondation TotalEnergies", "TotalEnergies"}]
    CitedOrganisation.objects.create(slug="eco", name="Réseau Eco Habitat", kind="association")
    assert {"Réseau Éco Habitat", "Réseau Eco Habitat"} in [
        {str(a), str(b)} for a, b in reads.alike(ORGANISATIONS)
    ]


def test_duplicates_cost_two_queries_whatever_their_number(django_assert_num_queries: Any) -> None:
    for n in range(30):
        Person.objects.create(slug=f"x-{n}", first_name="Zoé", last_name=f"Zwingelstein{'e' * (n % 3)}")
    with django_assert_num_queries(2):
        assert len(reads.alike(PEOPLE)) == reads.MOST_PAIRS


# Cost


@pytest.mark.parametrize("path", [LIST, PLACES, f"{LIST}?q=garde"])
def test_a_list_costs_the_same_at_one_and_at_three(me: StrictClient, path: str) -> None:
    def more(n: int) -> None:
        who, where = person(f"garde-{n}", "Léa", f"Garde{n}"), organisation(f"garde-{n}", f"Maison Garde {n}")
        published(speakers=[{"person": who.slug, "organisation": where.slug, "role": "Élue"}], points_of_view=[
            {"theme": "T", "people": [who.slug], "organisation": where.slug, "text": "Oui."}
        ])  # fmt: skip

    pair()  # two names alike: one more query for all the pairs
    more(1)
    one = count_queries(me, path)
    more(2)
    more(3)
    assert count_queries(me, path) == one <= 10


def test_a_sheet_costs_the_same_with_one_case_and_with_three(me: StrictClient) -> None:
    hers, _, _ = pair()
    correct(hers, "Léa", "Garde", asked_on=TODAY, reason="x")
    pages = (
        url("person"),
        url("person_edit"),
        url("organisation", "les-essais"),
        f"{url('person_merge')}?avec=lea-guarde",
    )
    one = [count_queries(me, path) for path in pages]
    pair()
    pair()
    correct(hers, "Léa", "Garde", asked_on=TODAY, reason="y")
    assert [count_queries(me, path) for path in pages] == one
    assert max(one) <= 12


# A sheet


def test_a_sheet_shows_dated_functions_notes_and_drafts(me: StrictClient) -> None:
    told = read(me, url("person", "francis-jutand"))
    assert "2 cas publics" in told
    assert "20 janvier 2022" in told
    assert "Personnalité qualifiée" in told
    told = read(me, url("person", "thierry-ferrey"))
    assert "« FERREY » dans la section" in told
    hers, _, _ = pair()
    said = whole(slug="x", title="Brouillon à part", short_title="Brouillon à part").model_copy(deep=True)
    said.speakers[0].person = hers.slug
    CASES.create(by=None, draft=said)
    assert "Dans des brouillons Brouillon à part" in read(me, url("person"))
    told = read(me, url("organisation", "le-rameau"))
    assert "Charles-Benoît Heidsieck" in told
    assert "18 cas publics" in told
    organisation("rien", "Rien")
    assert "Aucun cas public ne la cite" in read(me, url("organisation", "rien"))


def test_a_merged_sheet_leads_to_the_other_and_an_unknown_one_to_nothing(me: StrictClient) -> None:
    kept, other, _ = pair()
    people.merge(kept=kept, other=other, by=None)
    for name in ("person", "person_merge"):
        assert me.get(url(name, other.slug))["Location"] == url("person", kept.slug)
    assert me.get(url("person_edit", other.slug), follow=True).redirect_chain[-1][0] == url(
        "person", kept.slug
    )
    assert me.get(url("person", "inconnue")).status_code == 404


# Correction


def test_a_correction_is_saved_told_and_traced(me: StrictClient) -> None:
    hers, _, _ = pair()
    page = me.get(url("person_edit"))
    assert 'value="Garde"' in page.content.decode()
    seen = page.context["form"]["seen"].value()
    sent = filled(last_name="Gardel", spellings=" Léa  GARDEL \n\nLéa GARDEL", note="Vu.", seen=seen)
    done = me.post(url("person_edit"), sent, follow=True)
    assert "La correction est enregistrée" in text(done)
    hers.refresh_from_db()
    assert (str(hers), hers.spellings, hers.note) == ("Léa Gardel", ["Léa GARDEL", "Léa Garde"], "Vu.")
    assert hers.requests.count() == 0
    me.post(url("person_edit"), filled(last_name="Gardin", asked_on="2026-11-02", reason="Par courriel"))
    hers.refresh_from_db()
    request = hers.requests.get()
    assert (request.asked_on, request.reason, request.by is not None) == (
        date(2026, 11, 2),
        "Par courriel",
        True,
    )
    told = read(me, url("person"))
    assert "Correction, le 2 novembre 2026" in told
    assert "« Léa Gardel » devient « Léa Gardin »" in told


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_name": " "}, "Indiquez le nom."),
        ({"last_name": "x" * 81}, "80 signes au plus"),
        ({"reason": "Elle l’a dit"}, "Indiquez quand elle l’a demandé"),
        ({"asked_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "est à venir"),
        ({"asked_on": "hier"}, "Écrivez la date ainsi"),
        ({"spellings": "y" * 161}, "dépasse 160 signes"),
        ({"note": "z" * 4001}, "4000 signes au plus"),
    ],
)
def test_a_refused_correction_keeps_what_was_typed(
    me: StrictClient, changes: dict[str, str], words: str
) -> None:
    hers, _, _ = pair()
    page = me.post(url("person_edit"), {**filled(first_name="Lulu"), **changes})
    assert page.status_code == 422
    assert words in text(page)
    assert 'value="Lulu"' in page.content.decode()
    hers.refresh_from_db()
    assert str(hers) == "Léa Garde"


def test_someone_else_corrected_meanwhile(me: StrictClient) -> None:
    hers, _, _ = pair()
    seen = people.state_of(hers)
    correct(hers, "Léa", "Gardienne")
    page = me.post(url("person_edit"), filled(last_name="Gardel", seen=seen))
    assert page.status_code == 422
    assert "Quelqu’un a modifié cette fiche" in text(page)
    assert 'value="Gardel"' in page.content.decode()
    again = filled(last_name="Gardel", seen=page.context["form"]["seen"].value())
    assert me.post(url("person_edit"), again).status_code == 302
    hers.refresh_from_db()
    assert str(hers) == "Léa Gardel"


def test_an_organisation_is_corrected_and_refused_with_its_reasons(me: StrictClient) -> None:
    path = url("organisation_edit", "newmeric")
    good = {"name": "Newmeric", "kind": "entreprise", "region": "11", "spellings": "", "note": ""}
    for changes, words in (
        ({"name": ""}, "Indiquez le nom"),
        ({"kind": "x"}, "dans la liste"),
        ({"region": "99"}, "dans la liste"),
    ):
        page = me.post(path, {**good, **changes})
        assert page.status_code == 422
        assert words in text(page)
    assert me.post(path, good).status_code == 302
    row = CitedOrganisation.objects.get(slug="newmeric")
    assert (row.kind, row.region_id) == ("entreprise", "11")
    assert "Entreprise" in read(me, url("organisation", "newmeric"))


def test_a_form_sent_after_the_session_ended_is_found_again(client: StrictClient) -> None:
    pair()
    sent = client.post(url("person_edit"), filled(last_name="Gardel", note="À garder"))
    assert sent["Location"] == f"/compte/login/?next={url('person_edit')}"
    client.force_login(platform_person(PlatformRole.CURATOR))
    html = client.get(url("person_edit")).content.decode()
    assert 'value="Gardel"' in html
    assert "À garder" in html
