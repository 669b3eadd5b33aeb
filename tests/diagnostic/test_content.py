"""The published instrument is frozen; its levers may be improved."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from apps.core.content import read_yaml
from apps.diagnostic import content, selectors
from apps.diagnostic.instrument import digest, parse
from apps.diagnostic.models import Instrument, Lever

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of content of one's own, with the published instrument and its levers."""
    (tmp_path / "instrument").mkdir()
    for name in ("instrument/mse-1.yaml", "levers.yaml"):
        (tmp_path / name).write_text(Path(settings.CONTENT_DIR, name).read_text())
    monkeypatch.setattr(settings, "CONTENT_DIR", tmp_path)
    return tmp_path


def rewrite(file: Path, change: Any) -> None:
    data = yaml.safe_load(file.read_text())
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True))


def test_the_published_instrument_has_the_shape_of_the_domain() -> None:
    questionnaire = selectors.questionnaire(Instrument.objects.get(code="mse-1"))
    counts = [len(questionnaire.of_axis(axis.code)) for axis in questionnaire.axes]
    assert counts == [9, 10, 9, 4, 4]
    assert [axis.slug for axis in questionnaire.axes] == ["human", "financial", "alliances", "anchor", "path"]
    assert all(len(s.anchors) == 4 for s in questionnaire.statements)
    assert [sum(s.axis == axis for s in questionnaire.express) for axis in "ABC"] == [4, 4, 4]
    assert len(questionnaire.express) == 12
    assert [c.value for c in (*questionnaire.scale, *questionnaire.outs)] == ["0", "1", "2", "3", "nsp", "nc"]


def test_loading_again_changes_nothing(django_assert_num_queries: Any) -> None:
    before = list(Lever.objects.order_by("statement").values())
    stored = Instrument.objects.get(code="mse-1")
    assert content.load() == "instrument mse-1, 36 leviers"
    assert list(Lever.objects.order_by("statement").values()) == before
    assert Instrument.objects.get(code="mse-1").sha256 == stored.sha256


def test_a_changed_instrument_is_refused_and_told_to_become_the_next_one(files: Path) -> None:
    def shorten(data: Any) -> None:
        data["statements"][0]["text"] = "Autre chose."

    rewrite(files / "instrument" / "mse-1.yaml", shorten)
    with pytest.raises(ValueError, match="mse-2"):
        content.load()
    assert Instrument.objects.get(code="mse-1").content["statements"][0]["text"] != "Autre chose."


def test_another_layout_of_the_same_content_is_not_a_change(files: Path) -> None:
    rewrite(files / "instrument" / "mse-1.yaml", lambda data: None)
    assert content.load().startswith("instrument mse-1")


def test_a_new_version_is_published_beside_the_old_one(files: Path) -> None:
    data = yaml.safe_load((files / "instrument" / "mse-1.yaml").read_text())
    data["code"] = "mse-2"
    del data["published_on"]
    (files / "instrument" / "mse-2.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    published = content.load_instrument("mse-2")
    assert published.published_on == date.today()
    assert Instrument.objects.filter(code__startswith="mse-").count() == 2
    # What is stored answers for the file's hash, dates included.
    assert content.load_instrument("mse-2").sha256 == digest(data)


def test_a_malformed_instrument_is_never_frozen(files: Path) -> None:
    data = yaml.safe_load((files / "instrument" / "mse-1.yaml").read_text())
    data["code"] = "mse-3"
    del data["axes"]
    (files / "instrument" / "mse-3.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    with pytest.raises(KeyError):
        content.load_instrument("mse-3")
    assert not Instrument.objects.filter(code="mse-3").exists()


def test_levers_follow_their_file(files: Path) -> None:
    def edit(data: Any) -> None:
        data["levers"] = data["levers"][1:]
        data["levers"][0]["title"] = "Un autre premier pas"

    rewrite(files / "levers.yaml", edit)
    assert content.load() == "instrument mse-1, 35 leviers"
    assert not Lever.objects.filter(statement="A1").exists()
    assert Lever.objects.get(statement="A2").title == "Un autre premier pas"


def test_each_lever_leads_to_three_resources() -> None:
    lever = Lever.objects.select_related("course_step", "method_step", "webinar").get(statement="A1")
    kinds = [lever.course_step.kind, lever.method_step.kind, lever.webinar.kind]
    assert kinds == ["course_step", "method_step", "webinar"]
    assert str(lever) == lever.title


def test_a_lever_about_nothing_is_refused(files: Path) -> None:
    def edit(data: Any) -> None:
        extra = copy.deepcopy(data["levers"][0])
        extra["statement"] = "Z9"
        data["levers"].append(extra)

    rewrite(files / "levers.yaml", edit)
    with pytest.raises(ValueError, match="Z9"):
        content.load()


def test_every_statement_and_anchor_is_said_once() -> None:
    """A copied anchor would make two levels one."""
    questionnaire = parse(read_yaml("instrument", "mse-1.yaml"))
    said = [text for s in questionnaire.statements for text in (s.text, *s.anchors)]
    assert len(said) == len(set(said)) == 36 * 5
    with pytest.raises(KeyError):
        questionnaire.statement("Z9")
