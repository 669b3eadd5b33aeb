"""The screens of an import: sending, following, the fault, the check, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.ledger import check, services
from apps.ledger.enums import ImportState
from apps.ledger.forms import sending
from apps.ledger.models import Correction, Exercise, Import
from tests.ledger.picture.cases import plain
from tests.ledger.support import (
    BALANCE,
    Place,
    accepted,
    fec,
    kept,
    pasted,
    place,
    read,
    requested,
    sent,
    to_check,
)

Counted = Callable[[int], Any]


def send(at: Place, role: str = "admin", **fields: Any) -> Any:
    return at.client(role).post(at.url("fec/"), {"file": sent(), "key": str(uuid4()), **fields})


def page(at: Place, row: Import, role: str = "admin") -> str:
    return str(at.client(role).get(at.url(f"imports/{row.pk}/")).content.decode())


def test_a_file_is_sent_then_followed(at: Place) -> None:
    assert "JournalCode" in at.client().get(at.url("ou-trouver/")).content.decode()
    assert at.client().get(at.url("fec/")).status_code == 200
    answer = send(at)
    row = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, at.url(f"imports/{row.pk}/"))
    shown = page(at, row)
    assert "attend son tour" in shown
    assert "Actualiser" in shown
    assert f'hx-get="{at.url(f"imports/{row.pk}/etat/")}"' in shown


def test_the_form_sent_twice_is_one_import(at: Place) -> None:
    key = str(uuid4())
    assert send(at, key=key).url == send(at, key=key).url
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "word"),
    [({"file": ""}, "Choisissez un fichier."), ({"file": sent(b"")}, "Ce fichier est vide")],
)
def test_without_a_file_the_form_says_so(at: Place, fields: dict[str, Any], word: str) -> None:
    answer = send(at, **fields)
    assert answer.status_code == 422
    assert word in answer.content.decode()


def test_a_file_too_large_is_refused_with_what_to_do(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LARGEST", 10)
    assert "200\xa0Mo" in send(at).content.decode()
    assert not Import.objects.exists()


def test_a_large_file_goes_to_a_temporary_file_not_to_memory(
    at: Place, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    true = services.request_import

    def spy(**asked: Any) -> Import:
        seen.append(type(asked["sent"]).__name__)
        return true(**asked)

    monkeypatch.setattr(services, "request_import", spy)
    large = fec() + b"\n" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 3)
    assert send(at, file=sent(large)).status_code == 302
    assert seen == ["TemporaryUploadedFile"]


@pytest.mark.usefixtures("no_broker")
def test_a_silent_queue_is_said(at: Place) -> None:
    row = requested(at, requested_at=timezone.now() - timedelta(seconds=11))
    assert "Votre fichier est gardé" in page(at, row)


def test_the_status_is_a_fragment_that_stops_asking(at: Place) -> None:
    row = requested(at, state=ImportState.READING, progress=42)
    client = at.client()
    url = at.url(f"imports/{row.pk}/etat/")
    shown = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="42"' in shown
    assert "<html" not in shown
    Import.objects.filter(pk=row.pk).update(state=ImportState.REQUESTED)
    services.read_import(row.pk)
    shown = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in shown
    assert "Vérifier les comptes" in shown
    assert 'hx-swap-oob="innerHTML:#lecture-live"' in shown
    assert client.get(url).status_code == 200


def test_a_fault_tells_the_line_the_reason_and_the_remedy(at: Place) -> None:
    row = read(at, fec().replace(b"20251231\t641100", b"20259931\t641100"))
    shown = page(at, row)
    assert f"Ligne {row.fault_line}" in shown
    assert "Que faire" in shown
    assert "Rien n’a été importé" in shown
    assert "Envoyer un autre fichier" not in page(at, row, "staff")
    answer = at.client().post(at.url(f"imports/{row.pk}/ecarter/"))
    assert answer.url == at.url()
    assert not Import.objects.exists()


def test_the_check_lists_every_account_with_its_reason(at: Place) -> None:
    shown = page(at, to_check(at))
    for number, *_ in BALANCE:
        assert number[:3] in shown
    assert "DUPONT" not in shown
    assert "Comptes 411, regroupés" in shown
    assert "au centime près" in shown
    assert shown.count("Ventes et participations des usagers</option>") == 1
    assert '<option value="" selected>Ventes et participations des usagers</option>' in shown


def test_accounts_without_nature_come_first_with_their_total(at: Place) -> None:
    row = pasted(at, accounts=kept(("799999", "", 0, 0), *BALANCE))
    line = row.account_lines.get(number="706000")
    row.account_lines.filter(pk=line.pk).update(nature="", how="none", reason="À vous de dire.")
    shown = page(at, row)
    assert shown.index('id="sans-nature"') < shown.index('id="charges"')
    assert "1\u202f000,00" in shown
    assert "Vous pouvez garder l’exercice ainsi" in shown


def correct(at: Place, row: Import, role: str = "admin", **fields: Any) -> Any:
    return at.client(role).post(
        at.url(f"imports/{row.pk}/natures/"), {"group": "ressources", "seen": "", **fields}
    )


def test_a_nature_is_corrected_and_the_page_comes_back_at_its_list(at: Place) -> None:
    row = to_check(at)
    client, url = at.client(), at.url(f"imports/{row.pk}/")
    said = {"group": "ressources", "seen": "", "n-706000": "commande_publique", "n-641100": ""}
    answer = client.post(f"{url}natures/", said)
    assert answer.url == f"{url}#ressources"
    shown = client.get(url).content.decode()
    assert "1\xa0compte corrigé\xa0: ce choix servira aussi aux prochains exercices." in shown
    assert "Corrigé par vous pour l’exercice 2025" in shown
    assert "Revenir au plan de comptes" in shown
    correct(at, row, seen="706000=commande_publique;", **{"n-706000": ""})
    assert not Correction.objects.exists()


def test_an_old_page_does_not_undo_the_correction_of_somebody_else(at: Place) -> None:
    row = to_check(at)
    correct(at, row, "lead", **{"n-706000": "commande_publique"})
    correct(at, row, "admin", **{"n-706000": "", "n-641100": "outside_services"})
    assert set(Correction.objects.values_list("number", flat=True)) == {"706000", "641100"}


def test_a_forged_nature_is_refused_and_the_rest_of_the_form_is_shown(at: Place) -> None:
    row = to_check(at)
    answer = correct(at, row, **{"n-706000": "payroll", "n-641100": "outside_services"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "ne va pas avec le compte 706000" in shown
    assert '<option value="outside_services" selected>' in shown
    assert not Correction.objects.exists()


def test_natures_picked_before_the_session_ended_are_shown_again(at: Place) -> None:
    row = to_check(at)
    client = at.client("anonymous")
    url = at.url(f"imports/{row.pk}/natures/")
    answer = client.post(url, {"group": "ressources", "seen": "", "n-706000": "commande_publique"})
    assert answer.url.startswith("/compte/login/")
    client.force_login(at.people["admin"])
    shown = client.get(url).content.decode()
    assert "Vos choix ne sont pas encore enregistrés" in shown
    assert '<option value="commande_publique" selected>' in shown
    assert not Correction.objects.exists()


def accept(at: Place, row: Import, **fields: str) -> Any:
    return at.client().post(at.url(f"imports/{row.pk}/garder/"), fields)


def test_accounts_are_kept_as_an_exercise(at: Place) -> None:
    row = to_check(at)
    answer = accept(at, row)
    made = Exercise.objects.get()
    assert answer.url == at.url(f"exercices/{made.pk}/")
    assert accept(at, row).url == answer.url
    assert Exercise.objects.count() == 1
    shown = page(at, row, "staff")
    assert "Revenir à l’exercice 2025" in shown
    assert "<select" not in shown


def test_a_year_that_stands_is_compared_first(at: Place) -> None:
    made = accepted(at)
    row = pasted(at, accounts=kept(("706000", "Ateliers", 0, -50_000)))
    compare = at.url(f"exercices/{made.pk}/comparer/{row.pk}/")
    assert "Comparer avec l’exercice gardé" in page(at, row)
    assert accept(at, row).url == compare
    shown = at.client().get(compare).content.decode()
    assert "500,00" in shown
    assert "absent" in shown
    answer = accept(at, row, replacing=str(made.pk))
    assert answer.url == at.url(f"exercices/{Exercise.objects.get().pk}/")
    back = at.client().get(compare)
    assert (back.status_code, back.url) == (302, at.url(f"imports/{row.pk}/"))


def test_comparing_begins_with_what_a_treasurer_looks_for(at: Place) -> None:
    made = accepted(at)
    row = pasted(at, accounts=kept(("706000", "Ateliers", 0, -50_000), ("641100", "Salaires", 0, 60_000)))
    shown = plain(at.client().get(at.url(f"exercices/{made.pk}/comparer/{row.pk}/")).content.decode())
    first = shown[shown.index("L’essentiel") : shown.index("</section>", shown.index("L’essentiel"))]
    for amount in ("1 000,00 €", "750,00 €", "600,00 €", "250,00 €", "−100,00 €", "−350,00 €"):
        assert amount in first


def test_what_is_picked_anywhere_on_the_page_is_saved_by_every_button(at: Place) -> None:
    row = to_check(at)
    shown = page(at, row)
    assert shown.count('<form method="post" action="' + at.url(f"imports/{row.pk}/natures/")) == 1
    assert shown.count("<select") == shown.count('form="natures">')
    said = {"seen": "", "keep": "1", "n-706000": "commande_publique", "n-641100": "outside_services"}
    answer = at.client().post(at.url(f"imports/{row.pk}/natures/"), said)
    made = Exercise.objects.get()
    assert answer.url == at.url(f"exercices/{made.pk}/")
    assert {one.nature for one in made.natures.all()} >= {"commande_publique", "outside_services"}
    again = at.client().post(at.url(f"imports/{row.pk}/natures/"), said)
    assert (again.url, Exercise.objects.count()) == (answer.url, 1)


def test_what_is_picked_is_saved_before_two_exercises_are_compared(at: Place) -> None:
    made = accepted(at)
    row = pasted(at)
    said = {"seen": "", "keep": "1", "n-706000": "dons"}
    answer = at.client().post(at.url(f"imports/{row.pk}/natures/"), said)
    assert answer.url == at.url(f"exercices/{made.pk}/comparer/{row.pk}/")
    assert row.account_lines.get(number="706000").nature == "dons"


def test_too_many_accounts_for_one_request_are_sent_list_by_list(
    at: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "MOST", 2)
    shown = page(at, to_check(at))
    assert 'id="natures"' not in shown
    assert 'form="natures-ressources-0"' in shown
    assert "ce bouton n’enregistre pas les natures" in shown
    assert "Enregistrer ces natures" in shown


def test_nothing_to_choose_has_no_button(at: Place) -> None:
    row = pasted(at, accounts=kept(("895000", "Bilan", 0, 700), ("706000", "Ateliers", 0, -700)))
    shown = page(at, row)
    alone = shown[shown.index('id="sans-nature"') : shown.index('id="ressources"')]
    assert "<select" not in alone
    assert "<button" not in alone
    assert "Ceux des classes 6 et 7 comptent dans le résultat" in alone


def test_an_exercise_that_takes_a_place_keeps_the_rest_and_says_so(at: Place) -> None:
    made = accepted(at)
    services.complete(exercise=made, said={"volunteer_hours": Decimal(900)})
    row = pasted(at)
    client = at.client()
    answer = client.post(at.url(f"imports/{row.pk}/garder/"), {"replacing": str(made.pk)}, follow=True)
    shown = answer.content.decode()
    assert "L’exercice est remplacé." in shown
    assert "Il reste ce que la comptabilité ne dit pas" not in shown


def test_the_title_follows_what_happened_without_a_reload(at: Place) -> None:
    assert 'id="lecture-titre"' in page(at, requested(at))
    for content, title in ((b"non\n", "Ce fichier n’a pas pu être lu"), (fec(2024), "Le fichier est lu")):
        url = at.url(f"imports/{read(at, content).pk}/etat/")
        shown = at.client().get(url, headers={"HX-Request": "true"}).content.decode()
        assert f'<div hx-swap-oob="innerHTML:#lecture-titre">{title}</div>' in shown


def test_a_forged_year_to_replace_asks_to_compare(at: Place) -> None:
    made = accepted(at)
    row = pasted(at)
    for forged in ("non", str(uuid4())):
        assert accept(at, row, replacing=forged).url.startswith(at.url(f"exercices/{made.pk}/comparer/"))


def test_a_sixth_is_told_and_the_import_stays(at: Place) -> None:
    for year in range(2020, 2025):
        accepted(at, year)
    row = to_check(at)
    assert "Cinq exercices sont déjà gardés" in page(at, row)
    answer = accept(at, row)
    assert answer.status_code == 409
    assert "Cinq exercices" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == ImportState.TO_CHECK


def test_what_was_set_aside_says_so(at: Place) -> None:
    row = to_check(at)
    old = at.client().post(at.url(f"imports/{row.pk}/ecarter/"))
    assert old.url == at.url()
    assert "ont été écartés" in page(at, row)
    assert accept(at, row).url == at.url()
    assert correct(at, row, **{"n-706000": "dons"}).url == at.url(f"imports/{row.pk}/")
    assert at.client().post(at.url(f"imports/{row.pk}/ecarter/")).status_code == 302


def test_the_same_file_read_before_is_said(at: Place) -> None:
    accepted(at)
    assert "Ce fichier a déjà été lu" in page(at, to_check(at, content=fec()))


def test_warnings_of_the_reading_are_shown(at: Place) -> None:
    row = to_check(at)
    Import.objects.filter(pk=row.pk).update(warnings=["Ligne\xa04\xa0: à savoir."])
    assert "Ligne\xa04\xa0: à savoir." in page(at, row)


def test_an_import_of_another_association_is_not_here(at: Place) -> None:

    other = place()
    row = to_check(other)
    client = at.client()
    for name in ("", "etat/", "natures/"):
        assert client.get(at.url(f"imports/{row.pk}/{name}")).status_code == 404
    for name in ("garder/", "ecarter/", "natures/"):
        assert client.post(at.url(f"imports/{row.pk}/{name}")).status_code == 404
    row.refresh_from_db()
    assert row.state == ImportState.TO_CHECK


@pytest.mark.parametrize("size", [1, 3])
def test_the_check_costs_the_same_whatever_the_accounts(
    at: Place, size: int, django_assert_num_queries: Counted
) -> None:
    row = pasted(at, accounts=kept(*((f"70600{n}", "Ateliers", 0, -1) for n in range(size))))
    client = at.client()
    with django_assert_num_queries(7):  # session, person, membership, import, count, lines, year that stands
        assert client.get(at.url(f"imports/{row.pk}/")).status_code == 200


def test_sending_answers_with_words_to_an_expired_session(at: Place) -> None:
    client = at.client("anonymous")
    answer = client.post(at.url("fec/"), {"file": sent(), "key": str(uuid4())}, follow=True)
    assert "le fichier n’a pas été gardé" in answer.content.decode()
