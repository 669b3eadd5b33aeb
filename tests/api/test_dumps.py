"""The whole library in one file: complete, dated, licensed, kept by who has it already, and safe to open."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.catalogue.models import ContentRevision, Fragility
from apps.catalogue.published import last_change
from apps.core.spreadsheets import inert
from apps.webinars import dumps
from apps.webinars.models import Appearance, Webinar
from apps.webinars.opendata import LICENCE, READINGS
from apps.webinars.services import people
from apps.webinars.services.workflow import CASES
from tests.support.client import StrictClient
from tests.webinars.factories import many, organisation, person, published, whole

pytestmark = pytest.mark.django_db
FILES = ("webinars.json", "webinars.csv", "speakers.csv")


def body(client: StrictClient, name: str, **headers: str) -> str:
    answer = client.get(f"/api/v1/{name}", headers=headers)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def rows(client: StrictClient, name: str) -> list[dict[str, str]]:
    text = body(client, name)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_json_says_what_the_list_says(client: StrictClient) -> None:
    file = json.loads(body(client, "webinars.json"))
    assert list(file) == ["licence", "date", "source", "readings", "webinars"]
    assert file["webinars"] == client.get("/api/v1/webinars/").json()["results"]
    assert len(file["webinars"]) == 18
    assert file["licence"] == LICENCE
    assert file["readings"] == list(READINGS)
    assert file["source"] == f"Trajectoires socio-économiques, {settings.SITE_URL}/bibliotheque/"
    change = last_change()
    assert change
    assert file["date"] == change.changed_at.isoformat()


def test_one_line_a_case_in_words(client: StrictClient) -> None:
    lines = rows(client, "webinars.csv")
    cases = client.get("/api/v1/webinars/").json()["results"]
    assert [line["identifiant"] for line in lines] == [case["slug"] for case in cases]
    assert list(lines[0]) == [column.name for column in dumps.columns(dumps.CASES)]
    change = last_change()
    assert change
    for line in lines:
        assert (line["licence"], line["donnees_du"]) == (LICENCE["name"], change.changed_at.isoformat())
    line = next(row for row in lines if row["date"] == "2023-04-20")
    case = next(row for row in cases if row["date"] == "2023-04-20")
    for column, field in (("adresse", "url"), ("titre", "title"), ("titre_court", "short_title"),
                          ("cycle", "cycle"), ("presentation", "teaser"), ("a_emporter", "takeaway"),
                          ("publie_le", "published_at"), ("mis_a_jour_le", "updated_at")):  # fmt: skip
        assert line[column] == case[field], column
    assert line["odd_du_titre"] == "ODD 7 Énergie propre et d’un coût abordable"
    assert [named.split()[1] for named in line["odd_proches"].split(" | ")] == ["1", "13"]
    names = dict(Fragility.objects.values_list("code", "name"))
    assert line["fragilites"].split(" | ") == [f"{code} {names[code]}" for code in case["fragilities"]]
    assert line["appuis"] == "Richesses humaines | Ressources financières | Alliances stratégiques"
    assert line["regions"] == "Île-de-France | Hauts-de-France"
    assert line["essentiel"] == " | ".join(case["essential"])
    assert line["resume"] == " | ".join(case["summary"])
    assert line["intervenants"].split(" | ")[0] == "Bernard Saincy (Président, Stop Exclusion Énergétique)"
    speakers = case["speakers"]
    assert line["organisations"].split(" | ") == list(dict.fromkeys(one["organisation"] for one in speakers))
    assert line["organisations"].startswith("Stop Exclusion Énergétique | Secours Catholique")
    assert (
        line["chiffres"].split(" | ")[6]
        == "2\u00a0millions d’euros de budget (Stop Exclusion Énergétique, 2022)"
    )
    assert line["type_de_leviers"] == "mots retenus"
    assert line["leviers"] == "Diversité | Coopération | Audace | Confiance | Complémentarité | Écosystème"
    assert line["alliances"] == case["pillar_reading"]["alliances"]
    assert line["source"].startswith("Le RAMEAU, rapport intermédiaire")


def test_one_line_an_appearance(client: StrictClient) -> None:
    lines = rows(client, "speakers.csv")
    assert list(lines[0]) == [column.name for column in dumps.columns(dumps.SPEAKERS)]
    seen = Appearance.objects.select_related("webinar", "person", "organisation__region").order_by(
        "-webinar__date", "webinar__slug", "position"
    )
    told = [(row["cas"], row["prenom"], row["nom"], row["fonction"], row["organisation"], row["region"],
             row["type_d_organisation"], row["personne"]) for row in lines]  # fmt: skip
    assert told == [
        (one.webinar.slug, one.person.first_name, one.person.last_name, one.role, one.organisation.name,
         one.organisation.region.name if one.organisation.region else "", one.organisation.get_kind_display(),
         one.person.slug)
        for one in seen
    ]  # fmt: skip
    assert len(told) > 100


@pytest.mark.parametrize("name", FILES)
def test_headers(client: StrictClient, name: str) -> None:
    answer = client.get(f"/api/v1/{name}")
    kind = "application/json" if name.endswith("json") else "text/csv; charset=utf-8"
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Link"] == f'<{LICENCE["url"]}>; rel="license"'
    assert answer["Cache-Control"] == "no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    head = client.head(f"/api/v1/{name}")
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert {key: head[key] for key in ("ETag", "Last-Modified", "Content-Type")} == {
        key: answer[key] for key in ("ETag", "Last-Modified", "Content-Type")
    }


@pytest.mark.parametrize("name", FILES)
def test_a_kept_copy_is_not_sent_again_until_something_changes(client: StrictClient, name: str) -> None:
    first = client.get(f"/api/v1/{name}")
    text = first.getvalue()
    kept = {"If-None-Match": first["ETag"]}
    again = client.get(f"/api/v1/{name}", headers=kept)
    assert (again.status_code, again.getvalue(), again["ETag"]) == (304, b"", first["ETag"])
    # As a proxy that compressed the body says it, and among others.
    assert (
        client.get(f"/api/v1/{name}", headers={"If-None-Match": f'"x", W/{first["ETag"]}'}).status_code == 304
    )
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(f"/api/v1/{name}", headers=since).status_code == 304
    assert client.get(f"/api/v1/{name}").getvalue() == text, "the same bytes for one revision"

    ContentRevision.objects.update(changed_at=timezone.now() - timedelta(minutes=5))
    since = {"If-Modified-Since": client.get(f"/api/v1/{name}")["Last-Modified"]}
    people.correct_person(
        person=people.add_person(first_name="Zoé", last_name="Neuve"), first_name="Zoé", last_name="Neuf",
        asked_on=None, reason="", by=None,
    )  # fmt: skip
    for headers in (kept, since):
        assert client.get(f"/api/v1/{name}", headers=headers).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_the_copy_is_asked_for_again_when_its_writing_changes(
    client: StrictClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {"If-None-Match": client.get(f"/api/v1/{name}")["ETag"]}
    monkeypatch.setattr(dumps, "FORMAT", dumps.FORMAT + 1)
    assert client.get(f"/api/v1/{name}", headers=kept).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_one_format_whatever_is_accepted(client: StrictClient, name: str) -> None:
    for accept in ("text/html", "image/png", "application/json", "text/csv", "*/*;q=0.1"):
        assert body(client, name, Accept=accept) == body(client, name)
    answer = client.post(f"/api/v1/{name}", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/json")


def test_before_any_content_there_is_a_file_all_the_same(client: StrictClient) -> None:
    ContentRevision.objects.all().delete()
    answer = client.get("/api/v1/speakers.csv")
    assert answer.status_code == 200
    assert "ETag" not in answer


FORMULAS = (
    "=HYPERLINK(\"https://exemple.fr\",\"ici\")", "+33 1 23", "-2+3", "@SUM(A1)", "\u00a0=1+1", "\u202f=1+1",
    "＝1+1", "＋1", "－1", "＠A1",
)  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(client: StrictClient, formula: str) -> None:
    person("ada-essai", formula, formula)
    organisation("les-essais", formula)
    published(
        title=formula, teaser=formula, takeaway=formula, essential=[formula, "mot " * 40],
        speakers=[{"person": "ada-essai", "organisation": "les-essais", "role": formula}],
        source={"status": "S", "label": formula},
    )  # fmt: skip
    for name, columns in (
        (
            "webinars.csv",
            ("titre", "presentation", "a_emporter", "essentiel", "intervenants", "organisations", "source"),
        ),
        ("speakers.csv", ("prenom", "nom", "fonction", "organisation")),
    ):
        lines = rows(client, name)
        line = next(row for row in lines if row["date"] == "2024-05-16")
        for column in columns:
            assert line[column].startswith(("'" + formula[0], "'" + formula.strip()[0])), column
        for row in lines:
            assert not [cell for cell in row.values() if inert(cell) != cell]


def test_nasty_cells_stay_in_their_cell_and_on_their_line(client: StrictClient) -> None:
    nasty = 'Un "titre" ; avec\r\nune ligne,\tun onglet\u2028et </script><b>'
    published(teaser=nasty)
    text = body(client, "webinars.csv")
    assert len(text.splitlines()) == len(text.split("\r\n")) - 1 == 20
    line = rows(client, "webinars.csv")[0]
    assert line["presentation"] == 'Un "titre" ; avec une ligne, un onglet et </script><b>'
    case = json.loads(body(client, "webinars.json"))["webinars"][0]
    assert case["teaser"] == nasty.replace("\r", "")


def test_who_asked_to_leave_is_in_no_file(client: StrictClient) -> None:
    webinar = published(teaser="Ada Essai raconte.")
    before = {name: body(client, name) for name in FILES}
    assert all("Ada" in text for text in before.values())
    people.withdraw_person(person=person(), asked_on=date(2026, 1, 5), reason="", by=None)
    Appearance.objects.filter(webinar=webinar).update(role="Fonction oubliée")
    for name in FILES:
        text = body(client, name)
        assert webinar.slug in text
        for word in ("Ada", "Essai ", "Directrice)", "Fonction oubliée", "ada-essai"):
            assert word not in text, (name, word)
    line = rows(client, "webinars.csv")[0]
    assert line["intervenants"] == "Nom retiré à sa demande (Les Essais)"


@pytest.mark.parametrize("name", FILES)
def test_only_what_is_public(client: StrictClient, name: str) -> None:
    CASES.create(by=None, draft=whole(title="SECRET brouillon"), slug="brouillon-secret")
    shown = published(curator_note=["SECRET de curation"], date="2024-03-21")
    CASES.archive(row=published("archive-secrete"), by=None, reason="SECRET")
    text = body(client, name)
    assert shown.slug in text
    for word in ("SECRET", "brouillon-secret", "archive-secrete", "curator_note"):
        assert word not in text


@pytest.mark.parametrize("name", FILES)
def test_a_few_rows_in_memory_at_a_time(
    client: StrictClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packets of rows: two queries each for the cases, none more for the appearances."""
    many(30)
    monkeypatch.setattr(dumps, "CHUNK", 8)
    pieces = list(client.get(f"/api/v1/{name}").streaming_content)
    assert len(pieces) > 6
    with CaptureQueriesContext(connection) as queries:
        body(client, name)
    asked = [q["sql"] for q in queries if "webinars_" in q["sql"]]
    assert len(asked) == (1 if name == "speakers.csv" else 1 + 2 * 6)
    assert Webinar.objects.filter(sheet__isnull=False).count() == 48


def test_a_lost_code_does_not_break_the_file(client: StrictClient) -> None:
    webinar = published()
    sheet = webinar.sheet or {}
    sheet["regions"], sheet["goals"] = ["999"], [99]
    Webinar.objects.filter(pk=webinar.pk).update(sheet=sheet)
    line = rows(client, "webinars.csv")[0]
    assert (line["regions"], line["odd_du_titre"].strip()) == ("999", "ODD 99")
