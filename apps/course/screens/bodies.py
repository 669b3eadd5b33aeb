"""The parts of pages that are the same for every reader: drawn once per revision of the content."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from apps.catalogue.published import rendered
from apps.course import selectors, sheet
from apps.course.models import Page
from apps.course.parts import Part
from apps.course.screens import presenters
from apps.course.screens.place import public_page

Context = dict[str, Any]


def section(slug: str, part: Part) -> SafeString:
    def build() -> Context:
        return presenters.section_page(public_page(slug)[1], part.code, selectors.terms())

    return rendered("course/section.html", build, f"{slug}:{part.code}")


def case(slug: str) -> SafeString:
    def build() -> Context:
        return presenters.case_page(public_page(slug)[1], selectors.terms())

    return rendered("course/case.html", build, slug)


def practical(slug: str) -> SafeString:
    return _step("course/practical.html", slug)


def head(slug: str) -> SafeString:
    return _step("course/step_head.html", slug)


def _step(template: str, slug: str) -> SafeString:
    def build() -> Context:
        step = public_page(slug)[1]
        return {"step": step, "is_ours": step.status == "R"}

    return rendered(template, build, slug)


def whole(slug: str) -> SafeString:
    def build() -> Context:
        return presenters.whole_step(public_page(slug)[1], selectors.terms())

    return rendered("course/whole.html", build, slug)


def module() -> SafeString:
    """ "" when no module is public."""

    def build() -> Context:
        page = Page.objects.filter(kind="module", sheet__isnull=False).order_by("slug").first()
        said = sheet.read(page.sheet) if page else None
        if not isinstance(said, sheet.Module):
            return {"module": None}
        return presenters.module_page(said, selectors.terms())

    return rendered("course/module_body.html", build)
