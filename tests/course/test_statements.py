"""What is told of a learner, as others read it: valid xAPI by the models of Ralph, without a word of who she is."""

from __future__ import annotations

import copy
import io
import json
import uuid
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

from apps.accounts.models import User
from apps.course.attestations import services as attestations
from apps.course.enums import Verb
from apps.course.management.commands.export_statements import moment
from apps.course.models import Learner, Statement
from apps.course.services import learning
from tests.factories import UserFactory, course
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
FILE = "/se-former/releves.jsonl"
EMAIL, NAME = "nadia.benali@exemple.fr", "Nadia Benali"
Body = dict[str, Any]


@pytest.fixture(name="who")
def a_learner(db: None) -> Learner:
    return course.learner(UserFactory.create(email=EMAIL, full_name=NAME))


@pytest.fixture(name="walk")
def whole_walk(who: Learner) -> list[Body]:
    """Everything one can do: each part of a step, a quiz all wrong, a step declared, the whole, the attestation."""
    first, said = course.page(1), course.step(1)
    for part in first.parts:
        learning.open_part(learner=who, page=first, part=part["code"])
    learning.answer_quiz(
        learner=who,
        page=first,
        questions=said.quiz,
        key=uuid.uuid4(),
        answers=course.wrong_answers(said),
    )
    learning.declare_done(learner=who, page=course.page(2))
    learning.take_back(learner=who, page=course.page(2))
    course.follow_all(who)
    attestations.issue(learner=who, full_name=NAME)
    return [row.body for row in Statement.objects.filter(learner=who)]


def check(body: Body) -> None:
    BaseXapiStatement.model_validate(json.loads(json.dumps(body)))


def test_every_statement_of_a_whole_walk_is_valid(walk: list[Body]) -> None:
    for body in walk:
        check(body)
    assert {body["verb"]["id"].rsplit("/", 1)[1] for body in walk} == {verb.value for verb in Verb}


@pytest.mark.parametrize("what", [
    lambda body: body.pop("actor"),
    lambda body: body["object"].pop("id"),
    lambda body: body["actor"]["account"].pop("homePage"),
    lambda body: body["verb"].update(id="registered"),
    lambda body: body["object"].update(id="pas une adresse"),
    lambda body: body.update(timestamp="hier"),
    lambda body: body.update(result={"score": {"scaled": 1.2}}),
    lambda body: body.update(result={"score": {"raw": 9, "max": 4}}),
    lambda body: body.update(surname="Benali"),
])  # fmt: skip
def test_the_models_refuse_what_is_wrong(walk: list[Body], what: Callable[[Body], Any]) -> None:
    wrong = copy.deepcopy(walk[0])
    what(wrong)
    with pytest.raises(ValidationError):
        check(wrong)


def test_identifiers_are_unique_and_moments_say_their_zone(walk: list[Body]) -> None:
    ids = [uuid.UUID(body["id"]) for body in walk]
    assert len(set(ids)) == len(ids)
    assert all(key.version == 4 for key in ids)
    for body in walk:
        assert datetime.fromisoformat(body["timestamp"]).tzinfo is not None


def test_the_row_and_its_body_say_the_same(walk: list[Body]) -> None:
    for row in Statement.objects.all():
        assert (row.body["id"], datetime.fromisoformat(row.body["timestamp"])) == (str(row.pk), row.at)
        assert row.body["object"]["id"].endswith(f"/se-former/{row.activity}")


def test_nothing_tells_who_she_is(walk: list[Body], who: Learner) -> None:
    told = json.dumps(walk, ensure_ascii=False)
    for secret in (EMAIL, NAME, "Nadia", "Benali", "mbox", "exemple.fr"):
        assert secret not in told
    account = {"homePage": settings.SITE_URL, "name": str(who.pk)}
    assert all(body["actor"] == {"objectType": "Agent", "account": account} for body in walk)


def test_a_score_is_a_share(walk: list[Body]) -> None:
    scores = [body["result"]["score"] for body in walk if "score" in body.get("result", {})]
    assert len(scores) == 8
    assert {score["scaled"] for score in scores} == {0, 1}
    for score in scores:
        assert score["min"] <= score["raw"] <= score["max"]
        assert score["scaled"] == score["raw"] / score["max"]


def test_her_file_has_all_of_hers_and_nobody_elses(
    walk: list[Body], who: Learner, client_of: Callable[[User], StrictClient]
) -> None:
    course.follow(course.learner(), 1)
    response: Any = client_of(who.user).get(FILE)
    assert response.streaming
    assert response["Content-Type"] == "application/jsonl; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mon-parcours.jsonl"'
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [json.loads(line) for line in lines] == walk
    assert [body["timestamp"] for body in walk] == sorted(body["timestamp"] for body in walk)


def test_a_person_who_has_not_begun_gets_an_empty_file(client_of: Callable[[User], StrictClient]) -> None:
    response: Any = client_of(UserFactory.create()).get(FILE)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b""


def test_a_visitor_is_asked_to_sign_in(client: StrictClient) -> None:
    assert client.get(FILE)["Location"] == f"/compte/login/?next={FILE}"


def exported(*arguments: str) -> list[Body]:
    out = io.StringIO()
    call_command("export_statements", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_operator_exports_everything_or_since_a_day(walk: list[Body]) -> None:
    course.follow(course.learner(), 1)
    assert len(exported()) == Statement.objects.count() > len(walk)
    assert len({body["actor"]["account"]["name"] for body in exported()}) == 2
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    Statement.objects.filter(learner__user__email=EMAIL).update(at=timezone.now() - timedelta(days=3))
    others = Statement.objects.exclude(learner__user__email=EMAIL).count()
    assert len(exported(f"--since={today}")) == others
    assert exported(f"--since={tomorrow}") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A day begins at midnight in Paris: 23:00 the day before in UTC in winter, 22:00 in summer.
        ("2027-01-31", datetime(2027, 1, 30, 23, tzinfo=UTC)),
        ("2027-07-14", datetime(2027, 7, 13, 22, tzinfo=UTC)),
        ("2027-07-14T08:00", datetime(2027, 7, 14, 6, tzinfo=UTC)),
        ("2027-07-14T08:00:00+00:00", datetime(2027, 7, 14, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["hier", "2027-02-30", "2027-13-01", "31/01/2027", ""])
def test_a_wrong_moment_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="2027-01-31"):
        moment(text)
    with pytest.raises(CommandError, match="n’est pas une date"):
        exported(f"--since={text}")


def test_an_erased_account_takes_its_statements_away(walk: list[Body], who: Learner) -> None:
    who.user.delete()
    assert not Statement.objects.exists()
