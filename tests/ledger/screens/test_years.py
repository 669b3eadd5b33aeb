"""The screens of the exercises: the list, one of them, what accounts do not say, removal, and who sees what."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from apps.ledger import services
from apps.ledger.models import Exercise
from tests.factories import UserFactory
from tests.ledger.picture.cases import plain
from tests.ledger.support import Place, accepted, pasted, read, requested, to_check, values

Counted = Callable[[int], Any]


def years(at: Place, role: str = "admin", query: str = "") -> str:
    return str(at.client(role).get(at.url(query)).content.decode())


def test_the_door_leads_to_the_current_association(at: Place) -> None:
    assert at.client().get("/agir/comptes/").url == at.url()
    client = at.client("anonymous")
    client.force_login(UserFactory.create())
    assert "Il faut d’abord une association" in client.get("/agir/comptes/").content.decode()


def test_without_exercise_the_page_says_where_to_begin(at: Place) -> None:
    shown = years(at)
    assert "Aucun exercice pour l’instant" in shown
    assert "Envoyer un FEC" in shown
    assert "Le fichier est effacé dès qu’il est lu" in shown


def test_the_list_tells_what_each_exercise_holds(at: Place) -> None:
    accepted(at)
    shown = years(at)
    assert "1\u202f000,00" in shown
    assert "250,00" in shown
    assert "FEC" in shown


def test_imports_under_way_are_for_those_who_can_act(at: Place) -> None:
    read(at, b"non\n")
    to_check(at, 2024)
    requested(at)
    pasted(at, 2023)
    shown = years(at)
    for state in ("En attente", "À vérifier", "Refusé", "Balance collée 2023"):
        assert state in shown
    assert "Balance collée 2023" not in years(at, "staff")


def test_refused_files_never_hide_what_is_to_check(at: Place) -> None:
    to_check(at, 2024)
    for _ in range(25):
        read(at, b"non\n")
    shown = years(at)
    assert "25\xa0fichiers refusés</summary>" in shown
    assert shown.index("À vérifier") < shown.index("fichiers refusés")


def test_a_funder_larger_than_the_resources_is_said(at: Place) -> None:
    made = accepted(at)
    complete(at, made, top_funder="1 500")
    shown = plain(at.client().get(at.url(f"exercices/{made.pk}/")).content.decode())
    assert "premier financeur (1 500 €) dépasse toutes vos ressources de 2025" in shown
    complete(at, made, top_funder="1 000")
    assert (
        "dépasse toutes vos ressources"
        not in at.client().get(at.url(f"exercices/{made.pk}/")).content.decode()
    )


def test_a_reader_finds_no_way_to_write(at: Place) -> None:
    made = accepted(at)
    for shown in (
        years(at, "board"),
        at.client("staff").get(at.url(f"exercices/{made.pk}/")).content.decode(),
    ):
        assert 'method="post" action="/agir' not in shown
        assert "Ajouter un exercice" not in shown


def test_five_exercises_say_that_it_is_the_most(at: Place) -> None:
    for year in range(2020, 2025):
        accepted(at, year)
    shown = years(at)
    assert "Cinq exercices sont gardés" in shown
    assert "Cinq exercices sont déjà gardés" in years(at, query="?annee=2019")
    assert at.client().get(at.url("?annee=2024")).status_code == 302


@pytest.mark.parametrize("asked", ["bientôt", "20255", "1890", "²025", "2200"])
def test_a_year_that_is_none_is_told(at: Place, asked: str) -> None:
    shown = years(at, query=f"?annee={asked}")
    assert "Écrivez une année en quatre chiffres" in shown


def test_an_exercise_shows_its_natures_and_its_last_day(at: Place) -> None:
    made = accepted(at)
    shown = at.client().get(at.url(f"exercices/{made.pk}/")).content.decode()
    for word in (
        "Ventes et participations des usagers",
        "Salaires et charges sociales",
        "Trésorerie",
        "12\u202f250,00",
    ):
        assert word in shown
    assert "Corriger la nature des comptes" in shown


def test_what_has_no_nature_is_said_on_the_exercise(at: Place) -> None:
    made = accepted(at)
    Exercise.objects.filter(pk=made.pk).update(unmapped=Decimal(15), unmapped_costs=Decimal(15))
    assert "15,00" in years(at)
    assert "sans nature" in at.client("staff").get(at.url(f"exercices/{made.pk}/")).content.decode()


def complete(at: Place, made: Exercise, client: Any = None, **fields: str) -> Any:
    return (client or at.client()).post(at.url(f"exercices/{made.pk}/completer/"), fields)


def test_what_accounts_do_not_say_is_typed_beside(at: Place) -> None:
    made = accepted(at)
    assert (
        complete(at, made, volunteer_hours="1 250", employees_fte="2,5", hour_value="12,50").status_code
        == 302
    )
    made.refresh_from_db()
    assert values(made.volunteer_hours, made.employees_fte, made.hour_value, made.top_funder) == (
        1250,
        Decimal("2.5"),
        Decimal("12.5"),
        None,
    )
    assert "1\u202f250" in at.client("staff").get(at.url(f"exercices/{made.pk}/")).content.decode()


def test_what_was_typed_is_kept_when_it_is_wrong(at: Place) -> None:
    made = accepted(at)
    answer = complete(at, made, volunteer_hours="beaucoup", top_funder="800")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="beaucoup"' in shown
    assert 'value="800"' in shown
    assert "n’est pas un nombre" in shown


def test_the_form_begins_with_the_year_before_and_saves_nothing_by_itself(at: Place) -> None:
    before = accepted(at, 2024)
    services.complete(exercise=before, said={"volunteer_hours": Decimal(900)})
    made = accepted(at, 2025)
    shown = at.client().get(at.url(f"exercices/{made.pk}/")).content.decode()
    assert "Ces chiffres sont ceux de 2024" in shown
    assert 'value="900"' in shown
    made.refresh_from_db()
    assert made.volunteer_hours is None
    assert (
        "Rien n’est encore donné" in at.client("board").get(at.url(f"exercices/{made.pk}/")).content.decode()
    )


def test_what_was_typed_before_the_session_ended_is_shown_again(at: Place) -> None:
    made = accepted(at)
    client = at.client("anonymous")
    assert complete(at, made, client, volunteer_hours="77").url.startswith("/compte/login/")
    client.force_login(at.people["lead"])
    assert 'value="77"' in client.get(at.url(f"exercices/{made.pk}/completer/")).content.decode()
    assert complete(at, made, client, volunteer_hours="77").status_code == 302
    assert 'value="77"' in client.get(at.url(f"exercices/{made.pk}/completer/")).content.decode()


def test_removing_asks_then_does_and_a_second_click_is_no_fault(at: Place) -> None:
    made = accepted(at)
    assert "Retirer l’exercice 2025" in at.client().get(at.url(f"exercices/{made.pk}/")).content.decode()
    client = at.client()
    for _ in range(2):
        assert client.post(at.url(f"exercices/{made.pk}/retirer/")).url == at.url()
    assert not Exercise.objects.exists()


PAGES = ("", "ou-trouver/", "exercices/{year}/", "imports/{row}/", "imports/{row}/etat/")
WRITES = ("fec/", "coller/", "saisir/2024/", "exercices/{year}/completer/", "imports/{row}/natures/")
ACTS = ("exercices/{year}/retirer/", "imports/{row}/garder/", "imports/{row}/ecarter/")


@pytest.fixture
def filled(at: Place) -> Callable[[str], str]:
    made = accepted(at)
    return lambda path: at.url(path.format(year=made.pk, row=made.accounts_id))


@pytest.mark.parametrize("role", ["board", "staff"])
def test_a_member_reads_and_does_not_write(at: Place, filled: Callable[[str], str], role: str) -> None:
    client = at.client(role)
    assert [client.get(filled(path)).status_code for path in PAGES] == [200] * len(PAGES)
    assert [client.get(filled(path)).status_code for path in WRITES] == [403] * len(WRITES)
    assert [client.post(filled(path)).status_code for path in (*WRITES, *ACTS)] == [403] * len(
        (*WRITES, *ACTS)
    )


def test_a_stranger_finds_nothing(at: Place, filled: Callable[[str], str]) -> None:
    client = at.client("stranger")
    assert [client.get(filled(path)).status_code for path in (*PAGES, *WRITES)] == [404] * len(
        (*PAGES, *WRITES)
    )
    assert [client.post(filled(path)).status_code for path in ACTS] == [404] * len(ACTS)


def test_a_visitor_is_asked_who_she_is(at: Place, filled: Callable[[str], str]) -> None:
    client = at.client("anonymous")
    for path in (*PAGES, *WRITES):
        assert client.get(filled(path)).url.startswith("/compte/login/")
    for path in ACTS:
        assert client.post(filled(path)).url.startswith("/compte/login/")


def test_an_exercise_of_another_association_is_not_here(at: Place, filled: Callable[[str], str]) -> None:
    client = at.client("stranger")
    other = at.people["stranger"].organisations.get()
    made = Exercise.objects.get()
    url = f"/agir/comptes/{other.pk}/exercices/{made.pk}/"
    assert client.get(url).status_code == 404
    assert client.post(f"{url}completer/", {"top_funder": "1"}).status_code == 404
    assert client.post(f"{url}retirer/").status_code == 302
    assert Exercise.objects.exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_whatever_the_exercises(
    at: Place, size: int, django_assert_num_queries: Counted
) -> None:
    for year in range(2026 - size, 2026):
        accepted(at, year)
        pasted(at, year - 10)
    client = at.client()
    with django_assert_num_queries(6):  # session, person, membership, exercises, natures, imports
        assert client.get(at.url()).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_one_exercise_costs_the_same_whatever_its_accounts(
    at: Place, size: int, django_assert_num_queries: Counted
) -> None:
    for year in range(2026 - size, 2026):
        made = accepted(at, year)
    client = at.client()
    with django_assert_num_queries(
        6
    ):  # session, person, membership, exercise, natures, complements of the year before
        assert client.get(at.url(f"exercices/{made.pk}/")).status_code == 200
