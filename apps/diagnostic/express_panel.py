"""The twelve statements in three groups, with what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from apps.diagnostic.forms.express import ExpressForm
from apps.diagnostic.instrument import PILLARS, Axis, Questionnaire, Statement
from apps.diagnostic.panels import Option, option


@dataclass(frozen=True, slots=True)
class ExpressQuestion:
    statement: Statement
    levels: list[Option]
    outs: list[Option]
    error: str


@dataclass(frozen=True, slots=True)
class ExpressGroup:
    axis: Axis
    questions: list[ExpressQuestion]


def groups(questionnaire: Questionnaire, form: ExpressForm) -> list[ExpressGroup]:
    return [
        ExpressGroup(
            questionnaire.axis(code),
            [question(questionnaire, s, form) for s in questionnaire.express if s.axis == code],
        )
        for code in PILLARS
    ]


def question(questionnaire: Questionnaire, statement: Statement, form: ExpressForm) -> ExpressQuestion:
    chosen = str(form[statement.code].value() or "")
    levels = zip(questionnaire.scale, statement.anchors, strict=True)
    shown = [option(c.value, c.label, anchor, "", chosen, "") for c, anchor in levels]
    outs = [option(c.value, c.label, "", "", chosen, "") for c in questionnaire.outs]
    error = " ".join(str(e) for e in form.errors.get(statement.code, []))
    return ExpressQuestion(statement, shown, outs, error)
