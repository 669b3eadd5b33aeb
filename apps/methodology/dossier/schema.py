"""The shape of the data files, for reading them back (pure); ``data.py`` writes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, FailFast, Field, ValidationError

from apps.core.fields import is_hidden
from apps.methodology.dossier.contents import MEETING_COLUMNS
from apps.methodology.dossier.data import FOLDER, FORMAT, VERSION
from apps.methodology.errors import Refused

T = TypeVar("T", bound="Part")
YEARS = (1950, 2200)


def plain(text: str) -> str:
    """Without what PostgreSQL and printers refuse."""
    return "".join(c for c in text if c in "\n\t" or not is_hidden(c))


def present(text: str) -> str:
    if not text.strip():
        raise ValueError("ce texte manque")
    return text


def in_our_times(day: Any) -> Any:
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError(f"une année entre {YEARS[0]} et {YEARS[1]} est attendue")
    return day


Text = Annotated[str, AfterValidator(plain)]
Named = Annotated[str, AfterValidator(plain), AfterValidator(present)]
Day = Annotated[date, AfterValidator(in_our_times)]
Moment = Annotated[AwareDatetime, AfterValidator(in_our_times)]
Step = Annotated[int, Field(ge=1, le=8)]
Key = Annotated[str, Field(pattern=r"^[a-z_]{1,20}-[0-9]{1,6}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Mate(Part):
    name: Text = Field(max_length=160)
    role: Text = Field(max_length=20)
    role_said: Text = Field(max_length=80)


class Heading(Part):
    format: Literal["trajectoires-demarche"]
    version: Literal[1, 2]
    exported_at: Moment
    platform: Text = Field(max_length=300)
    association: Text = Field(max_length=400)
    title: Named = Field(max_length=160)
    edition: Annotated[int, Field(ge=1, le=10_000)]
    opened_at: Moment
    closed_at: Moment | None
    history: Annotated[int, Field(ge=0)]
    team: Annotated[list[Mate], FailFast()]


class Verdict(Part):
    verdict: Literal["validated", "sent_back"]
    name: Named = Field(max_length=150)
    recorded_by: Text = Field(max_length=150)
    reason: Text = Field(max_length=2000)
    decided_on: Day
    at: Moment


class StepState(Part):
    number: Step
    title: Text = Field(max_length=400)
    stage: Literal["todo", "doing", "to_validate", "done", "skipped"]
    stage_said: Text = Field(max_length=40)
    why_skipped: Text = Field(max_length=300)
    changed_at: Moment | None
    validations: Annotated[list[Verdict], Field(max_length=1000)]


class Steps(Part):
    steps: Annotated[list[StepState], Field(max_length=8), FailFast()]


class FieldValue(Part):
    code: Code
    label: Text = Field(max_length=400)
    value: Any
    said: Text = Field(max_length=60_000)


class Item(Part):
    key: Key
    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]
    kind_said: Text = Field(max_length=80)
    parent: Key | None
    title: Text = Field(max_length=400)
    fields: Annotated[list[FieldValue], Field(max_length=100)]


class Items(Part):
    items: Annotated[list[Item], Field(max_length=5000), FailFast()]


class Decision(Part):
    key: Annotated[str, Field(pattern=r"^decision-[0-9]{1,6}$")]
    step: Step
    what: Named = Field(max_length=400)
    why: Text = Field(max_length=2000)
    decided_by: Named = Field(max_length=160)
    decided_on: Day
    written_at: Moment
    item: Key | None
    replaces: str | None


class Decisions(Part):
    decisions: Annotated[list[Decision], Field(max_length=5000), FailFast()]


class Comment(Part):
    step: Step
    item: Key | None
    author: Named = Field(max_length=160)
    text: Named = Field(max_length=4000)
    at: Moment
    is_settled: bool


class Comments(Part):
    comments: Annotated[list[Comment], Field(max_length=20_000), FailFast()]


class Card(Part):
    text: Named = Field(max_length=280)
    pillar: Code | None
    author: Text = Field(max_length=160)


class Pile(Part):
    title: Named = Field(max_length=160)
    votes: Count
    is_kept: bool
    note: Text = Field(max_length=600)
    cards: Annotated[list[Card], Field(max_length=2000)]


class Workshop(Part):
    step: Step
    title: Named = Field(max_length=160)
    question: Named = Field(max_length=300)
    held_on: Day
    stage: Literal["ready", "silent", "grouping", "voting", "talking", "over"]
    shows_names: bool
    present: Count
    dots: Annotated[int, Field(ge=1, le=20)]
    record: Text = Field(max_length=6000)
    piles: Annotated[list[Pile], Field(max_length=500)]
    loose: Annotated[list[Card], Field(max_length=2000)]


class Workshops(Part):
    workshops: Annotated[list[Workshop], Field(max_length=500), FailFast()]


class NoteLine(Part):
    label: Named = Field(max_length=400)
    text: Named = Field(max_length=6000)


class NoteMeeting(Part):
    """Of ``MEETING_COLUMNS``, in words."""

    title: Text = Field(max_length=400)
    date: Text = Field(max_length=400)
    step: Text = Field(max_length=400)
    who: Text = Field(max_length=400)
    delivers: Text = Field(max_length=400)

    @property
    def cells(self) -> list[str]:
        return [getattr(self, column) for column, _ in MEETING_COLUMNS]


class Signed(Part):
    name: Named = Field(max_length=120)
    quality: Named = Field(max_length=120)
    at: Moment


class PutNote(Part):
    number: Annotated[int, Field(ge=1, le=9999)]
    put_at: Moment
    put_by: Text = Field(max_length=160)
    came_at: Moment | None
    lines: Annotated[list[NoteLine], Field(min_length=1, max_length=40)]
    meetings: Annotated[list[NoteMeeting], Field(max_length=100)]
    signatures: Annotated[list[Signed], Field(max_length=500)]


class Notes(Part):
    notes: Annotated[list[PutNote], Field(max_length=500), FailFast()]


MODELS: dict[str, type[Part]] = {
    "demarche": Heading,
    "etapes": Steps,
    "elements": Items,
    "decisions": Decisions,
    "commentaires": Comments,
    "ateliers": Workshops,
    "notes": Notes,
}
SENTENCES = {
    "extra_forbidden": "ce nom n’est pas attendu ici",
    "missing": "ce nom manque",
    "string_too_long": "ce texte est trop long",
    "too_long": "il y en a trop",
    "too_short": "il en manque",
    "string_pattern_mismatch": "ce code n’a pas la forme attendue",
    "literal_error": "cette valeur n’est pas connue",
    "json_invalid": "ce texte ne se lit pas",
}


def read(name: str, content: bytes) -> Part:
    """Refused for a file of another shape: it says where, and what is wrong."""
    try:
        return MODELS[name].model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ", ".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
        said = (
            SENTENCES.get(first["type"])
            or str(first.get("ctx", {}).get("error", ""))
            or "cette valeur n’a pas la forme attendue"
        )
        raise Refused(
            f"{FOLDER}{name}.json{', ' if where else ''}{plain(where[:100])}\u00a0: {said}. Reprenez l’archive d’origine."
        ) from error


def check_version(data: dict[str, Any]) -> int:
    """The version, before anything else, since a newer one may have another shape."""
    if data.get("format") != FORMAT:
        raise Refused("Ce fichier n’est pas celui d’une démarche de la plateforme.")
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Refused(
            "Cette archive vient d’une version plus récente de la plateforme, que celle-ci ne sait pas lire\u00a0: "
            "demandez sa mise à jour, ou reprenez les textes dans le fichier .odt."
        )
    return version if isinstance(version, int) else VERSION
