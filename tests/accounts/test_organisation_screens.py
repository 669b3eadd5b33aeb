from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation
from apps.catalogue.models import Fragility
from tests.accounts.conftest import Directory
from tests.accounts.helpers import RNA, SIREN, SIRET, sheet, text
from tests.factories import OrganisationFactory, UserFactory, member
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
CREATE = reverse("accounts:organisation_create")
LOOKUP = reverse("accounts:organisation_lookup")
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def me(client_of: ClientOf) -> StrictClient:
    return client_of(UserFactory.create(email="nadia@exemple.fr"))


def edit(organisation: Organisation) -> str:
    return reverse("accounts:organisation_edit", args=[organisation.pk])


# Creating


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ({}, ("", "", "")),
        ({"siren": "732 829 320"}, (SIREN, "", "")),
        ({"siren": "732 829 320 00074"}, (SIREN, SIRET, "")),
        ({"rna": "w583 004 126"}, ("", "", RNA)),
        ({"siren": SIREN, "rna": RNA}, (SIREN, "", RNA)),
        ({"siren": RNA}, ("", "", RNA)),  # Typed in the neighbouring field.
    ],
)
def test_by_siren_siret_rna_or_name_alone(
    me: StrictClient, numbers: dict[str, str], kept: tuple[str, ...]
) -> None:
    response = me.post(CREATE, sheet(**numbers))
    assert response.status_code == 302
    assert response["Location"] == reverse("accounts:home")
    made = Organisation.objects.get()
    assert (made.siren, made.siret, made.rna) == kept


def test_the_sheet_is_kept_and_its_creator_administers_it(me: StrictClient) -> None:
    chosen = list(Fragility.objects.values_list("pk", flat=True)[:3])
    me.post(CREATE, sheet(name="  Les   Ateliers ", fragilities=chosen))
    made = Organisation.objects.get()
    assert made.name == "Les Ateliers"
    assert (made.department_id, made.legal_form_id, made.size_class_id) == (
        "58",
        "association-1901",
        "salaries-50k-200k",
    )
    assert made.department is not None
    assert made.department.region_id == "27"
    assert set(made.fragilities.values_list("pk", flat=True)) == set(chosen)
    membership = Membership.objects.get()
    assert (membership.role, membership.user.email) == (Role.ADMIN, "nadia@exemple.fr")
    assert membership.user.current_organisation == made
    assert made.created_by == membership.user


@pytest.mark.parametrize("numbers", [{}, {"siren": SIREN}, {"rna": RNA}])
def test_the_same_form_sent_twice_makes_one(me: StrictClient, numbers: dict[str, str]) -> None:
    assert [me.post(CREATE, sheet(**numbers)).status_code for _ in range(2)] == [302, 302]
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_the_key_of_someone_else_makes_nothing(me: StrictClient, client_of: ClientOf) -> None:
    me.post(CREATE, sheet(siren=SIREN))
    other = client_of(UserFactory.create())
    assert other.post(CREATE, sheet(siren=SIREN)).status_code == 422
    assert Membership.objects.count() == 1


def test_a_form_without_its_key_works(me: StrictClient) -> None:
    me.post(CREATE, sheet(creation_key=""))
    me.post(CREATE, sheet(creation_key="n'importe quoi"))
    assert Organisation.objects.count() == 1  # A broken key is an error, a missing one is not.


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Indiquez le nom de l’association."),
        ({"name": "a" * 201}, "Ce nom dépasse 200 caractères"),
        ({"siren": "123456789"}, "Ce SIREN n’existe pas"),
        ({"siren": "1234"}, "Vous en avez saisi 4"),
        ({"siren": "9" * 61}, "C’est trop long"),
        ({"rna": "W58300412"}, "Vous en avez saisi 8"),
        ({"siren": RNA, "rna": RNA}, "que des chiffres"),
        ({"department": ""}, "Choisissez votre département."),
        ({"department": "99"}, "Choisissez dans la liste."),
        ({"legal_form": ""}, "Choisissez votre forme juridique."),
        ({"size_class": "énorme"}, "Choisissez dans la liste."),
        ({"fragilities": ["F01", "F02", "F03", "F04"]}, "Gardez-en 3 au plus : vous en avez coché 4."),
        ({"fragilities": ["F99"]}, "Choisissez dans la liste."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    me: StrictClient, changes: dict[str, Any], words: str
) -> None:
    response = me.post(CREATE, sheet(**changes))
    assert response.status_code == 422
    assert words in text(response)
    assert "Tout ce que vous avez saisi est gardé." in text(response)
    assert not Organisation.objects.exists()
    page = response.content.decode()
    for name in {"department", "legal_form", "size_class"} - set(changes):
        assert f'value="{sheet()[name]}" selected' in page
    if "name" not in changes:
        assert 'value="Les Ateliers du Canal"' in page
    if len(changes.get("fragilities", [])) == 4:
        assert page.count("checked") == 4


def test_a_known_number_is_not_taken_twice(me: StrictClient) -> None:
    OrganisationFactory.create(name="Le nom secret", siren=SIREN, rna=RNA)
    for number in ({"siren": SIREN}, {"siren": SIRET}, {"rna": RNA}):
        response = me.post(CREATE, sheet(**number))
        assert response.status_code == 422
        assert "existe déjà ici" in text(response)
        assert "elle peut vous inviter" in text(response)
        assert "Continuer avec le nom seul" in text(response)
        assert "secret" not in response.content.decode()
    assert Organisation.objects.count() == 1


def test_going_on_by_name_alone(me: StrictClient) -> None:
    OrganisationFactory.create(siren=SIREN)
    assert me.post(CREATE, sheet(siren=SIREN, rna="W5", without_number="1")).status_code == 302
    made = Organisation.objects.get(name="Les Ateliers du Canal")
    assert (made.siren, made.siret, made.rna) == ("", "", "")


def test_two_people_with_the_same_number_at_once(me: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form sees nothing, the database refuses: the page is the same."""
    OrganisationFactory.create(siren=SIREN)
    for module in ("apps.accounts.forms.organisation", "apps.accounts.services.organisations"):
        monkeypatch.setattr(f"{module}.organisation_with_number", lambda **kwargs: None)
    response = me.post(CREATE, sheet(siren=SIREN))
    assert response.status_code == 422
    assert "existe déjà ici" in text(response)
    other = member(OrganisationFactory.create())
    client = StrictClient()
    client.force_login(other)
    assert "existe déjà ici" in text(client.post(edit(other.organisations.get()), sheet(siren=SIREN)))


# The directory fills the form


CANAL = {
    "siren": SIREN,
    "nom_complet": "LES ATELIERS DU CANAL",
    "nature_juridique": "9220",
    "siege": {"siret": SIRET, "departement": "58", "libelle_commune": "CLAMECY"},
    "complements": {"identifiant_association": RNA},
}


def test_a_search_proposes_links_that_fill_the_form(me: StrictClient, directory: Directory) -> None:
    directory.answers(CANAL)
    page = me.get(LOOKUP, {"q": "canal"})
    assert "1 réponse pour « canal »" in text(page)
    assert "CLAMECY (58), SIREN 732 829 320" in text(page)
    assert "<h1>" in page.content.decode()
    link = page.context["found"].rows[0].url
    filled = me.get(link)
    assert "La fiche est remplie d’après l’annuaire." in text(filled)
    for value in ("LES ATELIERS DU CANAL", SIRET, RNA):
        assert f'value="{value}"' in filled.content.decode()
    assert 'value="58" selected' in filled.content.decode()
    assert 'value="association-1901" selected' in filled.content.decode()
    assert not Organisation.objects.exists()


def test_what_was_chosen_before_is_kept_when_the_form_is_filled(me: StrictClient) -> None:
    filled = me.get(CREATE, {"name": "X", "size_class": "salaries-2m-plus", "fragilities": ["F01", "F05"]})
    assert 'value="salaries-2m-plus" selected' in filled.content.decode()
    assert filled.content.decode().count("checked") == 2


def test_htmx_receives_the_results_alone_and_they_equal_those_of_the_page(
    me: StrictClient, directory: Directory
) -> None:
    directory.answers(CANAL)
    fragment = me.get(LOOKUP, {"q": "canal"}, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<div id="annuaire"')
    assert "<h1" not in fragment
    assert fragment in me.get(LOOKUP, {"q": "canal"}).content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ab", "au moins trois lettres"),
        ("", "au moins trois lettres"),
        ("inconnue", "Rien dans l’annuaire pour « inconnue »"),
    ],
)
def test_a_search_without_answer_says_what_to_do(
    me: StrictClient, directory: Directory, query: str, words: str
) -> None:
    assert words in text(me.get(LOOKUP, {"q": query}))


@pytest.mark.parametrize("fault", ["slow", "429", "broken"])
def test_when_the_directory_fails_the_form_stays_usable(
    me: StrictClient, directory: Directory, fault: str
) -> None:
    if fault == "slow":
        directory.hold = threading.Event()
    elif fault == "429":
        directory.status = 429
    else:
        directory.body = "{"
    page = me.get(LOOKUP, {"q": "canal"})
    assert page.status_code == 200
    assert "L’annuaire ne répond pas, continuez à la main." in text(page)
    assert 'value="canal"' in page.content.decode()
    assert 'name="creation_key"' in page.content.decode()
    assert me.post(CREATE, sheet(siren=SIREN)).status_code == 302


# Editing


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEAD])
def test_managers_edit_the_sheet(client_of: ClientOf, role: str) -> None:
    organisation = OrganisationFactory.create(siren=SIREN)
    client = client_of(member(organisation, role))
    assert f'value="{SIREN}"' in client.get(edit(organisation)).content.decode()
    assert client.post(edit(organisation), sheet(siren=SIRET, fragilities=["F02"])).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.siret) == ("Les Ateliers du Canal", SIRET)
    assert list(organisation.fragilities.values_list("pk", flat=True)) == ["F02"]


def test_a_wrong_edit_changes_nothing(client_of: ClientOf) -> None:
    organisation = OrganisationFactory.create(name="Avant")
    client = client_of(member(organisation))
    assert "Ce SIREN n’existe pas" in text(client.post(edit(organisation), sheet(siren="123456789")))
    organisation.refresh_from_db()
    assert organisation.name == "Avant"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_edit(client_of: ClientOf, method: str) -> None:
    organisation = OrganisationFactory.create()
    for role in (Role.BOARD, Role.STAFF):
        assert getattr(client_of(member(organisation, role)), method)(edit(organisation)).status_code == 403
    stranger = client_of(member(OrganisationFactory.create()))
    assert getattr(stranger, method)(edit(organisation)).status_code == 404
    assert getattr(stranger, method)(reverse("accounts:organisation_edit", args=[uuid4()])).status_code == 404


def test_the_page_asks_few_queries(me: StrictClient, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        me.get(CREATE)
    with django_assert_max_num_queries(10):
        me.post(CREATE, sheet(siren="123456789"))


@pytest.mark.parametrize("department", ["2A", "2B", "971", "976", "975", "01"])
def test_corsica_and_overseas_are_at_home(me: StrictClient, department: str) -> None:
    assert me.post(reverse("accounts:organisation_create"), sheet(department=department)).status_code == 302
    assert Organisation.objects.get().department_id == department


@pytest.mark.parametrize("department", ["20", "1", "99", "2a"])
def test_a_department_of_no_list_is_refused(me: StrictClient, department: str) -> None:
    page = me.post(reverse("accounts:organisation_create"), sheet(department=department))
    assert page.status_code == 422
    assert "Choisissez dans la liste." in text(page)
    assert not Organisation.objects.exists()
