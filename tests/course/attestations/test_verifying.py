"""Whoever holds the code: valid, revoked, unknown; taking it back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.core.typography import nbsp
from apps.course.attestations import codes, pdf, services
from apps.course.models import Attestation, Statement
from apps.documents.models import Document
from tests.course.attestations.conftest import Holder, holder
from tests.course.attestations.test_asking import words
from tests.factories import UserFactory
from tests.support.client import StrictClient
from tests.support.world import platform_person

pytestmark = pytest.mark.django_db


def page_of(given: Attestation) -> str:
    return f"/attestations/{given.code}/"


def test_anyone_who_holds_the_code_reads_who_when_and_what(visitor: StrictClient, given: Attestation) -> None:
    page = visitor.get(page_of(given))
    said = words(page)
    assert page.status_code == 200
    assert "Claire Dupont a suivi le parcours" in said
    assert "Attestation valable , délivrée le" in said
    for step in given.steps:
        assert f"{nbsp(step['title'])}</b>" in page.content.decode()
    assert "Ce n’est pas un diplôme." in said


def test_nothing_else_of_her_is_shown(visitor: StrictClient, claire: Holder, given: Attestation) -> None:
    page = visitor.get(page_of(given)).content.decode()
    for secret in ("claire.dupont@exemple.fr", "Claire D.", str(claire.learner.pk)):
        assert secret not in page
    assert "Retirer mon attestation" not in page
    assert "Révoquer" not in page


def test_no_search_engine_keeps_it(visitor: StrictClient, given: Attestation) -> None:
    for address in (page_of(given), "/attestations/INCO-NNUE-CODE-QUIX/"):
        page = visitor.get(address)
        assert page["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert "no-store" in visitor.get(page_of(given))["Cache-Control"]
    assert given.code not in visitor.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_is_read_however_it_is_typed(visitor: StrictClient, given: Attestation, change: Any) -> None:
    typed = change(given.code)
    assert visitor.get(f"/attestations/{typed}/")["Location"] == page_of(given)
    assert visitor.get("/attestations/", {"code": f" {typed} "})["Location"] == page_of(given)


@pytest.mark.parametrize("code", ["INCO-NNUE-CODE-QUIX", "ABCD-EFGH-JKLM-NPQR", "n-importe-quoi", "<script>"])
def test_a_code_that_is_not_ours_is_explained(visitor: StrictClient, given: Attestation, code: str) -> None:
    page = visitor.get(f"/attestations/{code}/")
    assert page.status_code == 404
    assert "Aucune attestation ne porte ce code" in words(page)
    assert "<script>" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_the_code_of_a_paper_is_asked_for(visitor: StrictClient) -> None:
    assert "seize lettres, par quatre" in words(visitor.get("/attestations/"))
    wrong = visitor.get("/attestations/", {"code": "ABCD-EFG"})
    assert wrong.status_code == 422
    assert 'value="ABCD-EFG"' in wrong.content.decode()
    assert "Ce code n’a pas seize lettres." in words(wrong)


def test_codes_cannot_be_guessed() -> None:
    drawn = {codes.draw() for _ in range(500)}
    assert len(drawn) == 500
    assert all(codes.read(code) == code for code in drawn)
    assert set("".join(drawn)) == set(codes.LETTERS) | {"-"}


# Taking it back


def test_its_owner_withdraws_it_after_a_word_of_warning(
    claire: Holder, given: Attestation, visitor: StrictClient
) -> None:
    address = f"{page_of(given)}retirer/"
    assert "Retirer votre attestation ?" in words(claire.client.get(address))
    given.refresh_from_db()
    assert given.is_valid
    answer = claire.client.post(address, follow=True)
    assert "Votre attestation est retirée." in words(answer)
    page = words(visitor.get(page_of(given)))
    assert "Cette attestation n’est plus valable" in page
    assert "à la demande de la personne" in page
    assert "Claire" not in page


def test_what_she_withdrew_names_her_no_more(claire: Holder, given: Attestation) -> None:
    claire.client.post(f"{page_of(given)}retirer/")
    given.refresh_from_db()
    assert (given.full_name, given.credential, given.steps) == ("", "", [])
    assert given.revoked_reason == "à la demande de la personne"
    assert not Document.objects.filter(kind=pdf.KIND).exists()
    assert claire.client.get(page_of(given)).status_code == 200


def test_after_that_she_may_have_another(claire: Holder, given: Attestation) -> None:
    services.revoke(attestation=given, reason="à la demande de la personne", erase=True)
    again = claire.attestation("Claire Durand")
    assert again.code != given.code
    assert again.rank != given.rank
    assert Document.objects.get(kind=pdf.KIND).subject_id == again.pk
    assert Statement.objects.filter(verb="earned").count() == 2


def test_the_operator_revokes_with_a_reason(
    given: Attestation, client_of: Any, visitor: StrictClient
) -> None:
    operator = client_of(platform_person(PlatformRole.OPERATOR))
    address = f"{page_of(given)}retirer/"
    assert "Révoquer l’attestation de Claire Dupont" in words(operator.get(address))
    unsaid = operator.post(address, {"reason": " "})
    assert unsaid.status_code == 422
    assert "Écrivez le motif" in words(unsaid)
    operator.post(address, {"reason": "Délivrée par erreur."})
    given.refresh_from_db()
    assert (given.revoked_reason, given.full_name) == ("Délivrée par erreur.", "Claire Dupont")
    page = words(visitor.get(page_of(given)))
    assert "Délivrée par erreur." in page
    assert "Claire Dupont" not in page


def test_the_operator_erases_a_name_on_demand(given: Attestation, client_of: Any) -> None:
    operator = client_of(platform_person(PlatformRole.OPERATOR))
    operator.post(f"{page_of(given)}retirer/", {"reason": "Première raison."})
    operator.post(f"{page_of(given)}retirer/", {"reason": "Seconde raison.", "erase": "on"})
    given.refresh_from_db()
    assert (given.full_name, given.credential) == ("", "")
    assert given.revoked_reason == "Première raison."


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_takes_it_back(
    given: Attestation, client_of: Any, visitor: StrictClient, method: str
) -> None:
    address = f"{page_of(given)}retirer/"
    strangers = [UserFactory.create(), holder("autre@exemple.fr").user, platform_person(PlatformRole.CURATOR)]
    assert [getattr(client_of(user), method)(address, {"reason": "x"}).status_code for user in strangers] == [
        403
    ] * 3
    assert getattr(visitor, method)(address).status_code == 302
    unknown = "/attestations/ABCD-EFGH-JKLM-NPQR/retirer/"
    assert getattr(client_of(strangers[0]), method)(unknown).status_code == 404
    given.refresh_from_db()
    assert given.is_valid


def test_the_paper_outlives_the_account(claire: Holder, given: Attestation, visitor: StrictClient) -> None:
    claire.user.delete()
    assert "Claire Dupont a suivi le parcours" in words(visitor.get(page_of(given)))
    assert not Document.objects.filter(kind=pdf.KIND).exists()
    second = holder().attestation("Claire Dupont")
    second.learner.user.delete()
    assert Attestation.objects.filter(learner=None, revoked_at=None).count() == 2


def test_the_date_of_a_withdrawal_is_said(given: Attestation, visitor: StrictClient) -> None:
    services.revoke(attestation=given, reason="Motif.", erase=False)
    Attestation.objects.update(revoked_at=timezone.now().replace(year=2026, month=3, day=1, hour=12))
    assert re.search(r"Retirée le 1er mars 2026 , Motif\.", words(visitor.get(page_of(given))))
