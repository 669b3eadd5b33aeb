"""Opening, leading, moving steps, validating: what is written, what is refused."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation
from apps.methodology.enums import SeatRole, StepStage, Verdict
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement, Seat, StepState, Validation
from apps.methodology.services import engagements, stages, validations
from apps.methodology.services.stages import Move
from apps.methodology.services.validations import Word
from tests.factories import OrganisationFactory, UserFactory, member
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def move(seat: Seat, to: str, shown: str = StepStage.TODO, why: str = "", step: int = 3) -> StepState:
    return stages.change_stage(seat=seat, step=step, move=Move(to, shown, why))


def word(verdict: str = Verdict.VALIDATED, shown: str = StepStage.TODO, **said: str) -> Word:
    return Word(verdict=verdict, decided_on=DAY, shown=shown, **said)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEAD])
def test_a_manager_opens_a_demarche_and_leads_it(house: Organisation, role: str) -> None:
    by = member(house, role)
    engagement = engagements.open_engagement(organisation=house, by=by, title="Vers 2029")
    seat = engagement.seats.get()
    assert (seat.user, seat.role, engagement.opened_by) == (by, SeatRole.LEAD, by)
    assert engagement.edition == 1


@pytest.mark.parametrize("role", [Role.BOARD, Role.STAFF])
def test_others_open_none(house: Organisation, role: str) -> None:
    with pytest.raises(NotYours):
        engagements.open_engagement(organisation=house, by=member(house, role), title="Vers 2029")
    assert not Engagement.objects.exists()


def test_the_same_form_twice_opens_one(house: Organisation) -> None:
    by, key = member(house, Role.LEAD), uuid.uuid4()
    first, second = (
        engagements.open_engagement(organisation=house, by=by, title=title, key=key) for title in ("A", "B")
    )
    assert first == second
    assert Engagement.objects.get().title == "A"


def test_a_key_of_somebody_else_opens_another(house: Organisation, engagement: Engagement) -> None:
    by = member(house, Role.LEAD)
    key = engagement.opening_key
    assert engagements.open_engagement(organisation=house, by=by, title="A", key=key) != engagement


def test_a_closed_demarche_is_read_only_until_it_opens_again(lead: Seat, board: Seat) -> None:
    engagements.close_engagement(seat=lead)
    closed_at = Engagement.objects.get().closed_at
    engagements.close_engagement(seat=lead)
    assert closed_at
    assert Engagement.objects.get().closed_at == closed_at
    for act in (
        lambda: move(lead, StepStage.DOING),
        lambda: validations.validate(seat=board, step=1, word=word()),
        lambda: engagements.rename_engagement(seat=lead, title="B"),
    ):
        with pytest.raises(Refused, match="close"):
            act()
    engagements.reopen_engagement(seat=lead)
    assert move(lead, StepStage.DOING).stage == StepStage.DOING


@pytest.mark.parametrize("role", [SeatRole.MEMBER, SeatRole.BOARD, SeatRole.OBSERVER])
def test_only_a_lead_closes_and_renames(engagement: Engagement, role: str) -> None:
    seat = seat_in(engagement, role)
    for act in (engagements.close_engagement, engagements.reopen_engagement):
        with pytest.raises(NotYours):
            act(seat=seat)
    with pytest.raises(NotYours):
        engagements.rename_engagement(seat=seat, title="B")


class TestTakingTheLead:
    def gone(self, lead: Seat, how: str) -> None:
        assert lead.user
        if how == "left":
            Seat.objects.filter(pk=lead.pk).update(left_at=timezone.now())
        elif how == "no member":
            Membership.objects.filter(user=lead.user).delete()
        elif how == "inactive":
            type(lead.user).objects.filter(pk=lead.user.pk).update(is_active=False)
        else:
            lead.user.delete()

    @pytest.mark.parametrize("how", ["left", "no member", "inactive", "erased"])
    def test_an_administrator_takes_it_when_nobody_leads(
        self, lead: Seat, house: Organisation, how: str
    ) -> None:
        self.gone(lead, how)
        by = member(house, Role.ADMIN)
        seat = engagements.take_lead(engagement=lead.engagement, by=by)
        assert (seat.user, seat.role, seat.left_at) == (by, SeatRole.LEAD, None)
        assert engagements.take_lead(engagement=lead.engagement, by=by) == seat

    def test_her_own_seat_becomes_the_lead(self, engagement: Engagement, house: Organisation) -> None:
        seat = seat_in(engagement, SeatRole.BOARD)
        assert seat.user
        Membership.objects.filter(user=seat.user).update(role=Role.ADMIN)
        assert engagements.take_lead(engagement=engagement, by=seat.user).pk == seat.pk
        assert engagement.seats.get().role == SeatRole.LEAD

    def test_not_while_somebody_leads(self, lead: Seat, house: Organisation) -> None:
        with pytest.raises(Refused, match="de nouveau une personne"):
            engagements.take_lead(engagement=lead.engagement, by=member(house, Role.ADMIN))

    @pytest.mark.parametrize("role", [Role.LEAD, Role.BOARD, Role.STAFF])
    def test_not_by_others(self, engagement: Engagement, house: Organisation, role: str) -> None:
        with pytest.raises(NotYours):
            engagements.take_lead(engagement=engagement, by=member(house, role))

    def test_not_by_the_administrator_of_another_association(self, engagement: Engagement) -> None:
        with pytest.raises(NotYours):
            engagements.take_lead(engagement=engagement, by=member(OrganisationFactory.create(), Role.ADMIN))


class TestStages:
    def test_steps_go_in_any_order_each_on_its_own(self, lead: Seat) -> None:
        move(lead, StepStage.DONE, step=6)
        move(lead, StepStage.TO_VALIDATE, step=2)
        assert dict(StepState.objects.values_list("step", "stage")) == {6: "done", 2: "to_validate"}

    def test_a_member_moves_a_step(self, engagement: Engagement) -> None:
        seat = seat_in(engagement, SeatRole.MEMBER)
        assert move(seat, StepStage.TO_VALIDATE).changed_by == seat

    @pytest.mark.parametrize("role", [SeatRole.BOARD, SeatRole.OBSERVER])
    def test_governance_and_networks_move_none(self, engagement: Engagement, role: str) -> None:
        with pytest.raises(NotYours):
            move(seat_in(engagement, role), StepStage.DOING)

    def test_a_skipped_step_says_why_until_it_is_taken_up(self, lead: Seat) -> None:
        with pytest.raises(Refused, match="en une phrase"):
            move(lead, StepStage.SKIPPED)
        assert move(lead, StepStage.SKIPPED, why="Déjà fait en 2025").why_skipped == "Déjà fait en 2025"
        assert move(lead, StepStage.DOING, StepStage.SKIPPED).why_skipped == ""

    def test_whoever_read_an_older_stage_is_told_who_moved_it(
        self, lead: Seat, engagement: Engagement
    ) -> None:
        other = seat_in(engagement, SeatRole.MEMBER, full_name="Farid Fort")
        move(lead, StepStage.DONE)
        with pytest.raises(Refused, match="passée à «\u202ffait\u202f» entre-temps, par Chloé Chêne"):
            move(other, StepStage.TO_VALIDATE)
        assert StepState.objects.get().stage == StepStage.DONE

    def test_the_same_stage_again_changes_nothing(self, lead: Seat) -> None:
        first = move(lead, StepStage.DOING)
        assert move(lead, StepStage.DOING).changed_at == first.changed_at


class TestValidation:
    def test_governance_validates_under_its_own_name(self, board: Seat) -> None:
        said = validations.validate(seat=board, step=3, word=word(name="Une autre"))
        assert (said.name, said.recorded_by, said.decided_on) == ("Ana Board", "", DAY)
        state = StepState.objects.get()
        assert (state.step, state.stage, state.changed_at) == (3, StepStage.DONE, said.at)

    def test_the_name_stays_when_the_account_goes(self, board: Seat) -> None:
        validations.validate(seat=board, step=3, word=word())
        assert board.user
        board.user.delete()
        assert Validation.objects.get().name == "Ana Board"

    def test_sending_back_says_why_and_goes_on(self, board: Seat, lead: Seat) -> None:
        move(lead, StepStage.TO_VALIDATE)
        with pytest.raises(Refused, match="ce qui est à reprendre"):
            validations.validate(seat=board, step=3, word=word(Verdict.SENT_BACK, StepStage.TO_VALIDATE))
        back = word(Verdict.SENT_BACK, StepStage.TO_VALIDATE, reason="Il manque les comptes.")
        validations.validate(seat=board, step=3, word=back)
        assert StepState.objects.get().stage == StepStage.DOING

    def test_a_lead_writes_down_what_a_board_without_account_decided(self, lead: Seat) -> None:
        with pytest.raises(Refused, match="Écrivez qui a validé"):
            validations.validate(seat=lead, step=3, word=word())
        said = validations.validate(seat=lead, step=3, word=word(name="Le conseil d’administration"))
        assert (said.name, said.recorded_by) == ("Le conseil d’administration", "Chloé Chêne")

    @pytest.mark.parametrize("role", [SeatRole.MEMBER, SeatRole.OBSERVER])
    def test_nobody_else_says_it(self, engagement: Engagement, role: str) -> None:
        with pytest.raises(NotYours):
            validations.validate(seat=seat_in(engagement, role), step=3, word=word(name="Le conseil"))
        assert not Validation.objects.exists()

    def test_the_same_form_twice_is_one_word(self, board: Seat) -> None:
        key = uuid.uuid4()
        first, second = (validations.validate(seat=board, step=3, word=word(), key=key) for _ in range(2))
        assert first == second
        assert Validation.objects.count() == 1

    def test_a_key_of_another_demarche_is_another_word(self, board: Seat) -> None:
        key = uuid.uuid4()
        other = seat_in(engagement_of(), SeatRole.BOARD)
        first = validations.validate(seat=other, step=3, word=word(), key=key)
        assert validations.validate(seat=board, step=3, word=word(), key=key) != first

    def test_a_step_moved_meanwhile_is_read_again_first(self, board: Seat, lead: Seat) -> None:
        move(lead, StepStage.TO_VALIDATE)
        move(lead, StepStage.DOING, StepStage.TO_VALIDATE)
        with pytest.raises(Refused, match="en cours"):
            validations.validate(seat=board, step=3, word=word(shown=StepStage.TO_VALIDATE))
        assert not Validation.objects.exists()

    def test_words_add_up(self, board: Seat) -> None:
        validations.validate(seat=board, step=3, word=word(Verdict.SENT_BACK, reason="Les comptes"))
        validations.validate(seat=board, step=3, word=word(shown=StepStage.DOING))
        assert [one.verdict for one in Validation.objects.all()] == ["validated", "sent_back"]


def test_seats_of_someone_who_left_do_not_close(lead: Seat) -> None:
    lead.left_at = timezone.now() - timedelta(days=1)
    with pytest.raises(NotYours):
        engagements.close_engagement(seat=lead)


def test_a_stranger_is_no_manager(house: Organisation) -> None:
    with pytest.raises(NotYours):
        engagements.open_engagement(organisation=house, by=UserFactory.create(), title="A")
