"""What a publication asks: the sentence of the public changelog, and a moment when it is for later."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.course.models import Page
from apps.course.services.pages import changes_for_readers
from apps.editorial.curation.act_forms import ScheduleForm
from apps.editorial.curation.fields import TextField
from apps.editorial.shape import SHORT

LABEL = "Ce qui change, en une phrase"
HELP = "Le journal public du parcours la montre, datée."
MISSING = "Dites en une phrase ce qui change : les personnes qui ont lu la page le verront."


def sentence() -> TextField:
    return TextField(
        label=LABEL, help_text=HELP, max_length=SHORT, rows=2, error_messages={"required": MISSING}
    )


class Said(forms.Form):
    """``SENTENCE``: the name of its field; each form of the screen has its own."""

    SENTENCE = ""

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.SENTENCE].required = changes_for_readers(page)

    @property
    def said(self) -> str:
        """After ``is_valid``."""
        text: str = self.cleaned_data[self.SENTENCE]
        return text


class PublishForm(Said):
    SENTENCE = "publish_said"

    publish_said = sentence()


class PlanForm(Said, ScheduleForm):
    SENTENCE = "plan_said"

    plan_said = sentence()
