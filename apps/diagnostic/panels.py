"""What the question page and the overview of a copy show, formatted; for the eyes of its owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from apps.catalogue.models import GlossaryTerm
from apps.core.figures import rungs
from apps.core.figures.svg import Markup
from apps.core.typography import count, date_long, nbsp, time_short
from apps.diagnostic.instrument import Axis, Questionnaire, Statement
from apps.diagnostic.models import Answer, Respondent

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class AxisProgress:
    """A bar of the rail: how far she is in an axis, and where to resume."""

    css: str
    name: str
    answered: int
    total: int
    is_now: bool
    url: str

    @property
    def is_done(self) -> bool:
        return self.answered == self.total

    @property
    def label(self) -> str:
        return f"{self.name}, {self.answered} sur {self.total}"


@dataclass(frozen=True, slots=True)
class Progress:
    answered: int
    total: int
    minutes: int
    axes: list[AxisProgress]

    @property
    def missing(self) -> int:
        return self.total - self.answered

    @property
    def heading(self) -> str:
        return nbsp(f"{count(self.answered, 'énoncé', 'énoncés')} sur {self.total}")

    @property
    def rest(self) -> str:
        if not self.missing:
            return "tout est répondu."
        return f"il reste environ {count(self.minutes, 'minute', 'minutes')}."


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    text: str
    picture: Markup | str
    checked: bool
    was_last_year: bool


@dataclass(frozen=True, slots=True)
class Question:
    statement: Statement
    axis: Axis
    place: str
    levels: list[Option]
    outs: list[Option]
    last_year: str
    status: str
    waits: bool
    previous_url: str
    next_url: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in the overview."""

    code: str
    text: str
    url: str
    reply: str
    state: str  # "answered", "suggested" or "missing"


@dataclass(frozen=True, slots=True)
class AxisLines:
    axis: Axis
    answered: int
    lines: list[Line]


def confirmed(answers: Answers, code: str) -> bool:
    return code in answers and not answers[code].is_suggestion


def question_url(respondent: Respondent, code: str) -> str:
    return reverse("diagnostic:question", args=[respondent.pk, code])


def progress(
    questionnaire: Questionnaire, respondent: Respondent, answers: Answers, current: str = ""
) -> Progress:
    """Counts of confirmed answers; ``current`` is the axis she is in, or nothing."""
    axes = [axis_progress(questionnaire, axis, respondent, answers, current) for axis in questionnaire.axes]
    answered, total = sum(a.answered for a in axes), len(questionnaire.statements)
    minutes = -(-questionnaire.minutes * (total - answered) // total)
    return Progress(answered, total, minutes, axes)


def axis_progress(
    questionnaire: Questionnaire, axis: Axis, respondent: Respondent, answers: Answers, current: str
) -> AxisProgress:
    codes = [s.code for s in questionnaire.of_axis(axis.code)]
    missing = [code for code in codes if not confirmed(answers, code)]
    return AxisProgress(
        css=axis.slug,
        name=axis.name,
        answered=len(codes) - len(missing),
        total=len(codes),
        is_now=axis.code == current,
        url=question_url(respondent, (missing or codes)[0]),
    )


def label_of(questionnaire: Questionnaire, value: str) -> str:
    return next(c.label for c in (*questionnaire.scale, *questionnaire.outs) if c.value == value)


def saved_at(moment: datetime) -> str:
    """« à 18 h 42 » today, « le 3 mars 2026 » before."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return f"à {time_short(local)}"
    return f"le {date_long(local)}"


def question(
    questionnaire: Questionnaire, respondent: Respondent, answers: Answers, code: str, waiting: str = ""
) -> Question:
    """The page of a statement; ``waiting`` is an answer sent while she was signed out, not recorded yet."""
    statement = questionnaire.statement(code)
    axis = questionnaire.axis(statement.axis)
    siblings = [s.code for s in questionnaire.of_axis(axis.code)]
    codes = questionnaire.codes
    rank = codes.index(code)
    answer = answers.get(code)
    suggested = answer.value if answer and answer.is_suggestion else ""
    chosen = waiting or (answer.value if answer and not answer.is_suggestion else "")
    overview = reverse("diagnostic:copy", args=[respondent.pk])
    is_last = rank == len(codes) - 1
    return Question(
        statement=statement,
        axis=axis,
        place=f"{axis.name}, énoncé {siblings.index(code) + 1} sur {len(siblings)}",
        levels=[
            option(choice.value, choice.label, anchor, rungs.draw(level).decorative(), chosen, suggested)
            for level, (choice, anchor) in enumerate(zip(questionnaire.scale, statement.anchors, strict=True))
        ],
        outs=[option(c.value, c.label, c.note, "", chosen, suggested) for c in questionnaire.outs],
        last_year=label_of(questionnaire, suggested) if suggested else "",
        status=status_of(answer, waiting),
        waits=bool(waiting),
        previous_url=question_url(respondent, codes[rank - 1]) if rank else overview,
        next_url=overview if is_last else question_url(respondent, codes[rank + 1]),
        is_last=is_last,
    )


def option(value: str, label: str, text: str, picture: Markup | str, chosen: str, suggested: str) -> Option:
    return Option(value, label, text, picture, value == chosen, value == suggested)


def status_of(answer: Answer | None, waiting: str) -> str:
    if waiting:
        return "Cette réponse n’est pas encore enregistrée : passez à l’énoncé suivant pour la garder."
    if answer is None or answer.is_suggestion:
        return ""
    return f"Réponse enregistrée {saved_at(answer.updated_at)}."


def overview(questionnaire: Questionnaire, respondent: Respondent, answers: Answers) -> list[AxisLines]:
    return [axis_lines(questionnaire, axis, respondent, answers) for axis in questionnaire.axes]


def axis_lines(
    questionnaire: Questionnaire, axis: Axis, respondent: Respondent, answers: Answers
) -> AxisLines:
    lines = [
        line(questionnaire, s, respondent, answers.get(s.code)) for s in questionnaire.of_axis(axis.code)
    ]
    return AxisLines(axis, sum(ln.state == "answered" for ln in lines), lines)


def line(
    questionnaire: Questionnaire, statement: Statement, respondent: Respondent, answer: Answer | None
) -> Line:
    state = "missing" if answer is None else "suggested" if answer.is_suggestion else "answered"
    reply = label_of(questionnaire, answer.value) if answer else ""
    return Line(statement.code, statement.text, question_url(respondent, statement.code), reply, state)


def first_missing(questionnaire: Questionnaire, answers: Answers) -> str:
    """Where to resume: the first statement without a confirmed answer, or the first of all."""
    return next(
        (code for code in questionnaire.codes if not confirmed(answers, code)), questionnaire.codes[0]
    )


def glossary_of(statement: Statement) -> Sequence[GlossaryTerm]:
    """Terms of a statement that the glossary knows, in the statement's order."""
    if not statement.terms:
        return []
    found = GlossaryTerm.objects.in_bulk(list(statement.terms))
    return [found[code] for code in statement.terms if code in found]
