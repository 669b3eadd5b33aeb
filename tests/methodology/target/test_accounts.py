"""Step 3: three years of accounts, their sums, and what is taken up from the diagnostic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.diagnostic.services import close_campaign
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.target import accounts, services
from apps.methodology.target.accounts_page import to_copy
from apps.methodology.target.selectors import diagnostic_years
from apps.methodology.target.sums import Year, checks, doubles
from tests.factories.diagnostic import answer_all, campaign, closed_campaign, finance_year, respondent
from tests.methodology.support import seat_in
from tests.methodology.target.support import address, item, place_of, plain, sheet_of
from tests.support.client import StrictClient


def year(number: int, scope: str = "", **amounts: int) -> Year:
    return Year(number, scope, {code: Decimal(value) for code, value in amounts.items()})


def value_of(made: Item, code: str) -> object:
    return Field.objects.filter(item=made, code=code).values_list("value", flat=True).first()


# --- sums (pure) --------------------------------------------------------------------------------------------------------
def test_a_total_is_of_what_was_typed_and_none_of_nothing() -> None:
    some = year(2025, payroll=100, purchases=50, dons=200)
    assert (some.total("costs"), some.total("resources"), some.result) == (150, 200, 50)
    assert year(2025).total("costs") is None
    assert year(2025, payroll=3).result is None


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"a": 40, "b": 42}, "En 2025, les activités font 82 % des charges de l’ensemble."),
        ({"a": 60, "b": 52}, "En 2025, les activités font 112 % des charges de l’ensemble : c’est plus que le tout, un montant est compté deux fois ou l’ensemble est incomplet."),
        ({"a": 60, "b": 40}, "En 2025, les activités font 100 % des charges de l’ensemble."),
        ({"a": 40, "elsewhere": 900}, "En 2025, les activités font 40 % des charges de l’ensemble."),
    ],
)  # fmt: skip
def test_activities_are_compared_with_the_whole(parts: dict[str, int], expected: str) -> None:
    years = [year(2025, payroll=100), *(year(2025, scope, payroll=amount) for scope, amount in parts.items())]
    assert [plain(one) for one in checks(years, ["a", "b"])] == [expected]


def test_a_whole_that_is_missing_is_said_and_a_hair_too_much_is_not_one_hundred() -> None:
    assert checks([year(2025, "a", payroll=1)], ["a"]) == [
        "En 2025, des activités ont leurs montants, l’ensemble pas encore."
    ]
    over = checks([year(2025, payroll=10_000), year(2025, "a", payroll=10_001)], ["a"])
    assert "un peu plus de 100 %" in plain(over[0])
    assert checks([year(2025, payroll=1)], ["a"]) == []


def test_a_year_typed_twice_is_found() -> None:
    assert doubles([year(2025), year(2025, "a"), year(2025), year(2024)]) == [2025]


def test_the_sentences_tell_the_result_and_what_is_left_blank() -> None:
    said = [plain(one) for one in accounts.sentences([year(2024), year(2025, payroll=100, dons=80)])]
    assert said[0] == "2025 montre un déficit de 20 €."
    assert said[1] == "La première famille de ressources : dons, mécénat, fondations, 100 %."
    assert said[2] == "Sans montant : 18 lignes en 2025 ; elles ne comptent pas dans les totaux."
    assert plain(accounts.sentences([year(2025, payroll=5, dons=5)])[0]) == "2025 est à l’équilibre."
    assert "2025 : deux exercices portent la même année" in plain(
        " ".join(accounts.sentences([year(2025), year(2025)]))
    )
    assert "n’a pas son année" in " ".join(accounts.sentences([year(0)]))


# --- years made ready ---------------------------------------------------------------------------------------------------
def test_three_years_are_opened_once(lead: Seat) -> None:
    assert services.prepare_years(seat=lead, scope="", latest=2025) == 3
    assert services.prepare_years(seat=lead, scope="", latest=2026) == 1
    assert services.prepare_years(seat=lead, scope="", latest=2026) == 0
    shown, earlier = accounts.columns(sheet_of(lead, "photographie"), "")
    assert [column.label for column in shown] == ["2024", "2025", "2026"]
    assert [column.label for column in earlier] == ["2023"]


def test_an_activity_has_its_own_years_and_a_stranger_none(lead: Seat) -> None:
    activity = item(lead, "activity", title="Cours")
    services.prepare_years(seat=lead, scope=str(activity.pk), latest=2025)
    assert len(services.years_of(lead, str(activity.pk))) == 3
    assert services.years_of(lead, "") == {}
    with pytest.raises(Refused):
        services.prepare_years(seat=lead, scope=str(uuid4()), latest=2025)


def test_a_year_that_cannot_be_is_refused_and_kept_on_the_page(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    answer = client_of(lead.user).post(
        address(lead.engagement, "comptes/preparer/"), {"latest": "l’an dernier"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert services.BAD_YEAR in page
    assert 'value="l’an derni' in page
    assert not Item.objects.exists()


# --- the page -----------------------------------------------------------------------------------------------------------
def test_the_table_without_script_saves_every_year_at_once(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    services.prepare_years(seat=lead, scope="", latest=2025)
    held = services.years_of(lead, "")
    data: dict[str, object] = {
        "c": [f"{held[2024].pk}:payroll", f"{held[2025].pk}:payroll", f"{held[2025].pk}:dons"]
    }
    for name, typed in (("2024:payroll", "1 000,50"), ("2025:payroll", "1 200"), ("2025:dons", "2 000")):
        number, code = name.split(":")
        data |= {f"v-{held[int(number)].pk}:{code}": typed, f"b-{held[int(number)].pk}:{code}": "0"}
    answer = client_of(lead.user).post(address(lead.engagement, "comptes/"), data, follow=True)
    assert "C’est enregistré." in answer.content.decode()
    assert (value_of(held[2024], "payroll"), value_of(held[2025], "payroll")) == ("1000.5", "1200")
    assert "2025 montre un excédent de 800 €." in plain(answer.content.decode())


def test_a_bad_amount_is_said_beside_it_and_the_others_are_saved(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    services.prepare_years(seat=lead, scope="", latest=2025)
    made = services.years_of(lead, "")[2025]
    data = {"c": [f"{made.pk}:payroll", f"{made.pk}:dons"]}
    data |= {f"v-{made.pk}:payroll": "beaucoup", f"v-{made.pk}:dons": "30"}  # type: ignore[dict-item]
    answer = client_of(lead.user).post(address(lead.engagement, "comptes/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Écrivez un nombre" in page
    assert 'value="beaucoup"' in page
    assert value_of(made, "dons") == "30"


def test_an_amount_written_meanwhile_shows_both(lead: Seat, client_of: Callable[..., StrictClient]) -> None:
    other = seat_in(lead.engagement, SeatRole.MEMBER, full_name="Awa Diallo")
    services.prepare_years(seat=lead, scope="", latest=2025)
    made = services.years_of(lead, "")[2025]
    save_field(seat=other, item=made, write=Write("dons", "500", 0))
    data = {"c": f"{made.pk}:dons", f"v-{made.pk}:dons": "700", f"b-{made.pk}:dons": "0"}
    answer = client_of(lead.user).post(address(lead.engagement, "comptes/"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Awa Diallo a écrit ici" in page
    assert 'value="700"' in page
    assert value_of(made, "dons") == "500"


def test_the_board_reads_the_accounts_and_writes_nothing(
    lead: Seat, board: Seat, client_of: Callable[..., StrictClient]
) -> None:
    services.prepare_years(seat=lead, scope="", latest=2025)
    made = services.years_of(lead, "")[2025]
    save_field(seat=lead, item=made, write=Write("dons", "500", 0))
    client = client_of(board.user)
    page = client.get(address(lead.engagement, "comptes/")).content.decode()
    assert "500 €" in plain(page)
    assert "data-field=" not in page
    for end in ("comptes/", "comptes/preparer/", "comptes/reprendre/"):
        assert client.post(address(lead.engagement, end)).status_code == 403


def test_the_accounts_of_an_unknown_activity_are_missing(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    client = client_of(lead.user)
    assert client.get(address(lead.engagement, f"comptes/{uuid4()}/")).status_code == 404
    activity = item(lead, "activity", title="Cours")
    assert client.get(address(lead.engagement, f"comptes/{activity.pk}/")).status_code == 200


def test_the_page_costs_the_same_with_one_year_and_three(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    client, url = client_of(lead.user), address(lead.engagement, "comptes/")
    counts = []
    for fields in ({"year": "2023", "dons": "5"}, {"year": "2024"}, {"year": "2025"}):
        item(lead, "year", **fields)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 10


# --- taken up from the diagnostic -----------------------------------------------------------------------------------------
@pytest.fixture
def given(association: Organisation) -> None:
    """A closed campaign whose year 2024 has two figures, one of cents."""
    made = campaign(association)
    answer_all(respondent(made))
    finance_year(made, 2024, dons=Decimal("1200.50"), payroll=Decimal(3000), treasury=Decimal(9))
    close_campaign(campaign=made, by=None)


@pytest.mark.usefixtures("given")
def test_figures_of_the_diagnostic_fill_empty_fields_only(
    lead: Seat, client_of: Callable[..., StrictClient]
) -> None:
    made = item(lead, "year", year="2024", payroll="2 900")
    client = client_of(lead.user)
    page = plain(client.get(address(lead.engagement, "comptes/")).content.decode())
    assert "Le diagnostic de l’association a 1 montant qui manque ici, pour 2024." in page
    answer = client.post(address(lead.engagement, "comptes/reprendre/"), follow=True)
    assert "1 montant copié." in plain(answer.content.decode())
    assert (value_of(made, "dons"), value_of(made, "payroll")) == ("1200.5", "2900")
    assert "Reprendre ce qui est déjà connu" not in answer.content.decode()


@pytest.mark.usefixtures("given")
def test_a_year_that_nobody_opened_is_opened_and_an_emptied_field_is_empty(lead: Seat) -> None:
    copied = to_copy(sheet_of(lead, "photographie"), diagnostic_years(place_of(lead)))
    assert services.take_up(seat=lead, figures=copied) == 2
    made = services.years_of(lead, "")[2024]
    save_field(seat=lead, item=made, write=Write("dons", "", 1))
    again = to_copy(sheet_of(lead, "photographie"), diagnostic_years(place_of(lead)))
    assert again == {2024: {"dons": Decimal("1200.5")}}
    assert services.take_up(seat=lead, figures=again) == 1
    assert Item.objects.filter(kind="year").count() == 1


@pytest.mark.usefixtures("given")
def test_what_somebody_typed_meanwhile_stays(lead: Seat) -> None:
    made = item(lead, "year", year="2024")
    stale = to_copy(sheet_of(lead, "photographie"), diagnostic_years(place_of(lead)))
    save_field(seat=lead, item=made, write=Write("dons", "7", 0))
    assert services.take_up(seat=lead, figures=stale) == 1
    assert value_of(made, "dons") == "7"


@pytest.mark.usefixtures("given")
def test_somebody_from_outside_does_not_read_the_diagnostic(lead: Seat) -> None:
    outside = seat_in(lead.engagement, SeatRole.MEMBER, outside=True)
    assert diagnostic_years(place_of(lead))
    assert diagnostic_years(place_of(outside)) == {}


def test_an_open_campaign_is_read_by_those_who_manage_it(lead: Seat, association: Organisation) -> None:
    made = campaign(association)
    finance_year(made, 2025, dons=Decimal(10))
    staff = seat_in(lead.engagement, SeatRole.MEMBER)
    assert lead.user
    assert lead.user.memberships.get().role == Role.LEAD
    assert diagnostic_years(place_of(lead)) == {2025: {"dons": Decimal(10)}}
    assert diagnostic_years(place_of(staff)) == {}


def test_the_latest_word_of_the_diagnostic_wins(lead: Seat, association: Organisation) -> None:
    closed_campaign(association)
    made = campaign(association)
    finance_year(made, 2025, dons=Decimal(10), volunteer_hours=Decimal(300))
    finance_year(made, 2024)
    assert diagnostic_years(place_of(lead)) == {2025: {"dons": Decimal(10), "volunteer_hours": Decimal(300)}}
