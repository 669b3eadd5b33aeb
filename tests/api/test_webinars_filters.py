"""Each filter of the library: one value, several, with others, and what makes no sense."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from apps.catalogue.models import Fragility
from apps.webinars import sheet
from apps.webinars.models import Webinar
from apps.webinars.search import find
from tests.support.client import StrictClient
from tests.webinars.factories import organisation, published

pytestmark = pytest.mark.django_db
URL = "/api/v1/webinars/"


def slugs(client: StrictClient, query: str) -> list[str]:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.json()
    return [row["slug"] for row in answer.json()["results"]]


def carrying(name: str, *codes: object) -> list[str]:
    """What the sheets themselves say, latest first."""
    rows = Webinar.objects.filter(sheet__isnull=False).order_by("-date", "slug")
    return [row.slug for row in rows if set(map(str, values(row, name))) & set(map(str, codes))]


def values(row: Webinar, name: str) -> Iterable[Any]:
    said = sheet.read(row.sheet)
    read: dict[str, Iterable[Any]] = {
        "goal": [*said.goals, *said.related_goals],
        "fragility": said.fragilities,
        "pillar": said.pillars,
        "cycle": [said.cycle],
        "year": [said.date.year] if said.date else [],
        "region": said.regions,
        "level": said.levels,
        "size": said.sizes,
        "kind": {
            seen.organisation.kind
            for seen in row.appearances.select_related("organisation")
            if seen.organisation.slug != "le-rameau"
        },
    }
    return read[name]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("goal", ("15",)),
        ("goal", ("4", "7")),
        ("fragility", ("F08",)),
        ("fragility", ("F01", "F16")),
        ("pillar", ("human",)),
        ("pillar", ("financial", "alliances")),
        ("cycle", ("nouveaux-modeles",)),
        ("cycle", ("nouveaux-modeles", "nouveaux-equilibres")),
        ("year", ("2022",)),
        ("year", ("2022", "2023")),
        ("kind", ("fondation",)),
        ("kind", ("cooperation", "academique")),
        ("region", ("84",)),
        ("region", ("84", "11")),
        ("level", ("commune",)),
        ("level", ("europe-monde", "departement")),
        ("size", ("salaries-2m-plus",)),
    ],
)
def test_several_values_widen_a_filter(client: StrictClient, name: str, codes: tuple[str, ...]) -> None:
    expected = carrying(name, *codes)
    assert expected
    assert slugs(client, "&".join(f"{name}={code}" for code in codes)) == expected


def test_fragility_by_the_name_of_its_page(client: StrictClient) -> None:
    for fragility in Fragility.objects.all():
        by_name = slugs(client, f"fragility={fragility.slug}")
        assert (
            by_name == slugs(client, f"fragility={fragility.code}") == carrying("fragility", fragility.code)
        )


def test_several_filters_narrow_the_list(client: StrictClient) -> None:
    wanted = (
        set(carrying("year", 2023)) & set(carrying("region", "84", "11")) & set(carrying("pillar", "human"))
    )
    found = slugs(client, "year=2023&region=84&region=11&pillar=human")
    assert found == [slug for slug in carrying("year", 2023) if slug in wanted]
    assert 0 < len(found) < len(carrying("year", 2023))
    assert slugs(client, "goal=15&goal=4&year=2022&fragility=F16") == []


def test_empty_or_foreign_parameters_filter_nothing(client: StrictClient) -> None:
    assert len(slugs(client, "goal=&year=&q=&utm_source=lettre")) == 18
    assert slugs(client, "goal=&goal=15") == carrying("goal", 15)


def test_host_is_not_the_kind_of_every_case(client: StrictClient) -> None:
    """Le RAMEAU, an association, speaks at all of them."""
    assert len(slugs(client, "kind=association")) < 18


GOALS = "goal (valeurs permises\u00a0: de 1 à 17)"
YEARS = "year (valeur permise\u00a0: une année sur quatre chiffres)"
PILLARS = "pillar (valeurs permises\u00a0: human, financial, alliances)"


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ("goal=18", GOALS),
        ("goal=0", GOALS),
        ("goal=04", GOALS),
        ("goal=quatre", GOALS),
        ("goal=4,15", GOALS),
        ("goal=4&goal=18", GOALS),
        ("goal=%00", GOALS),
        ("goal=%D9%A4", GOALS),
        ("pillar=humain", PILLARS),
        ("year=22", YEARS),
        ("year=20222", YEARS),
        ("goal=99&pillar=x&year=y", f"{GOALS}, {PILLARS}, {YEARS}"),
        ("cycle=autre", "cycle (valeurs permises\u00a0: nouveaux-modeles, nouveaux-equilibres)"),
        (
            "kind=club",
            "kind (valeurs permises\u00a0: association, entreprise, fondation, collectivite, etat, reseau, cooperation, academique)",
        ),
        (
            "level=planete",
            "level (valeurs permises\u00a0: commune, departement, europe-monde, intercommunalite, national, region)",
        ),
        (
            "fragility=F17",
            f"fragility (valeurs permises\u00a0: {', '.join(f'F{n:02}' for n in range(1, 17))}, ou le nom de leur page)",
        ),
    ],
)
def test_unknown_value_is_refused_with_those_that_are_known(
    client: StrictClient, query: str, refused: str
) -> None:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 400
    assert answer.json() == {"detail": f"Filtre refusé\u00a0: {refused}."}


@pytest.mark.parametrize("name", ["region", "size"])
def test_unknown_code_of_a_long_list(client: StrictClient, name: str) -> None:
    for value in ("99", "%00", "<script>", "a" * 3000):
        answer = client.get(URL, {name: value})
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith(f"Filtre refusé\u00a0: {name} (valeurs permises\u00a0: ")
        assert value not in answer.content.decode()


def test_year_without_any_case_is_an_empty_list(client: StrictClient) -> None:
    body = client.get(f"{URL}?year=2031").json()
    assert (body["count"], body["results"]) == (0, [])


def test_words_give_what_the_search_page_gives(client: StrictClient) -> None:
    for words in ("numérique", "precarite energetique", "numerqiue", "handicap"):
        found = find(words, {})
        by_id = dict(Webinar.objects.values_list("pk", "slug"))
        assert found.ids, words
        assert slugs(client, f"q={words}") == [by_id[pk] for pk in found.ids]
    assert slugs(client, "q=handicap")[0] == "webinaire-2022-12-15"


def test_words_and_filters_together(client: StrictClient) -> None:
    found = slugs(client, "q=habitat&year=2022")
    assert found
    assert set(found) == set(slugs(client, "q=habitat")) & set(carrying("year", 2022))


@pytest.mark.parametrize("words", ["%00", "'", "a & !b | (c", "\\", "é" * 500, "%F0%9F%98%80", "<->"])
def test_odd_words_break_nothing(client: StrictClient, words: str) -> None:
    assert client.get(f"{URL}?q={words}").status_code == 200


def test_filters_stay_from_page_to_page(client: StrictClient) -> None:
    expected = carrying("pillar", "human")
    first = client.get(f"{URL}?pillar=human&q=&page_size=5").json()
    assert first["count"] == len(expected)
    second = client.get(first["next"]).json()
    assert [row["slug"] for row in (*first["results"], *second["results"])] == expected[:10]
    answer = client.get(f"{URL}?pillar=human&page=99")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Cette page de la liste n’existe pas."})


def test_a_new_case_is_found_at_once(client: StrictClient) -> None:
    assert slugs(client, "kind=academique&year=2024") == []
    organisation("universite-d-essai", "Université d’essai", "academique")
    speakers = [{"person": "ada-essai", "organisation": "universite-d-essai", "role": "Doyenne"}]
    webinar = published(speakers=speakers)
    assert slugs(client, "kind=academique&year=2024") == [webinar.slug]
