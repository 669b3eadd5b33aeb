"""Six letters that let somebody in: how they are typed, and how guesses are counted where they are asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts import throttle

T = TypeVar("T")
TOO_MANY = (
    "Trop de codes inconnus ont été essayés depuis cette connexion. Attendez dix minutes, puis réessayez."
)


def tidy_code(text: str) -> str:
    """« bcd-fgh » → « BCDFGH »: accents, spaces and signs go; at most twelve letters are read."""
    bare = unicodedata.normalize("NFKD", text[:60]).upper()
    return re.sub(r"[^A-Z]", "", bare)[:12]


class CodeField(forms.CharField):
    """``missing``: what is said when nothing was typed. Gives the code as ``tidy_code`` reads it."""

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    )

    def __init__(self, *, missing: str = "Écrivez le code de six lettres.", **kwargs: Any) -> None:
        too_long = "Un code compte six lettres\u00a0: vérifiez ce que vous avez écrit."
        messages = {"required": missing, "max_length": too_long}
        super().__init__(max_length=40, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        return tidy_code(super().clean(value))


@dataclass(frozen=True, slots=True)
class Gate:
    """Where codes of one kind are asked. ``about`` names its counter, ``unknown`` is said of a code that opens nothing.

    Letters can be guessed by a machine, not by a person: after ``most`` unknown codes from one connection in ten
    minutes, no code is looked at but those that already opened there: one who guesses does not shut a hall out.
    """

    about: str
    unknown: str
    most: int = 20

    def is_shut(self, request: HttpRequest) -> bool:
        return throttle.tries(request, self.about) >= self.most

    def count_unknown(self, request: HttpRequest) -> None:
        throttle.count(request, self.about)

    def find(
        self, request: HttpRequest, code: str, by_code: Callable[[str], T | None]
    ) -> tuple[T | None, str, int]:
        """(what this code opens, "", 200), or (None, the sentence to show, its status)."""
        tidy = tidy_code(code)
        tries, opened_here = throttle.seen(request, self.about, tidy)
        if tries >= self.most and not opened_here:
            return None, TOO_MANY, 429
        found = by_code(tidy)
        if found is None:
            self.count_unknown(request)
            return None, self.unknown, 404
        if not opened_here:
            throttle.remember(request, self.about, tidy)
        return found, "", 200


@dataclass(frozen=True, slots=True)
class CodePage:
    """The page that asks for a code and lets in. ``form`` has one field, ``code``; ``template`` reads ``form``."""

    gate: Gate
    form: type[forms.Form]
    template: str

    def enter(
        self, request: HttpRequest, by_code: Callable[[str], object | None], address: str
    ) -> HttpResponse:
        """The empty page, the address of what was found (``address``: the name of a URL that takes the code), or why not."""
        form = self.form(request.POST if request.method == "POST" else None)
        if not form.is_bound or not form.is_valid():
            return self.show(request, form, 422 if form.is_bound else 200)
        code = form.cleaned_data["code"]
        found, refusal, status = self.gate.find(request, code, by_code)
        return self.refuse(request, code, refusal, status) if found is None else redirect(address, code)

    def show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        return render(request, self.template, {"form": form}, status=status)

    def refuse(self, request: HttpRequest, code: str, why: str, status: int) -> HttpResponse:
        """The page again, with the code in its box and ``why`` beside it, instead of what the form would say of it."""
        form = self.form({"code": code})
        form.full_clean()
        form.errors.pop("code", None)
        form.add_error("code", why)
        return self.show(request, form, status)
