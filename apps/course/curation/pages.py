"""The pages of the course in curation: their list, each one's screen, and every act on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import forget_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import date_long, time_short
from apps.course.curation import panel
from apps.course.curation.access import act, may_write, page_or_404
from apps.course.curation.forms.acts import PlanForm, PublishForm
from apps.course.models import Page
from apps.course.services.pages import WORKFLOW
from apps.editorial.curation import acts
from apps.editorial.curation.access import curators, is_curator, writers
from apps.editorial.curation.act_forms import SendBackForm
from apps.editorial.curation.acts import Refusals, version_of

REFUSALS = Refusals(
    changed="La page a changé depuis que vous l’avez ouverte : rien n’est fait. Relisez-la, puis refaites votre geste.",
    lacking="Il manque encore quelque chose pour les lecteurs : la liste est ci-dessous, rien n’est fait.",
)


@never_cache
@writers
@require_safe
def pages(request: SignedInRequest) -> HttpResponse:
    context = {"pages": panel.listed(), "is_curator": is_curator(request)}
    return render(request, "curation/course/pages.html", context)


@never_cache
@writers
@require_safe
def page(request: SignedInRequest, slug: str) -> HttpResponse:
    return show(request, page_or_404(slug))


def show(request: SignedInRequest, page: Page, status: int = 200, **refused: object) -> HttpResponse:
    return render(request, "curation/course/page.html", panel.screen(request, page, **refused), status=status)


def done(
    request: SignedInRequest, slug: str, perform: Callable[[], object], said: str, lost: str = ""
) -> HttpResponse:
    """The act, told; back to the page's screen."""
    acts.perform(request, perform, said, REFUSALS, lost)
    forget_draft(request, reverse("course:curation_page", args=[slug]))
    return redirect("course:curation_page", slug)


@act(writers)
@require_POST
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    page, version = page_or_404(slug), version_of(request)
    return done(
        request,
        slug,
        lambda: WORKFLOW.submit(row=page, version=version, by=request.user),
        "La page est proposée à la relecture.",
    )


@act(curators)
@require_POST
def send_back(request: SignedInRequest, slug: str) -> HttpResponse:
    page, form = page_or_404(slug), SendBackForm(request.POST)
    if not form.is_valid():
        return show(request, page, 422, send_back=form)
    reason = form.cleaned_data["send_back_reason"]
    return done(
        request,
        slug,
        lambda: WORKFLOW.send_back(row=page, by=request.user, reason=reason),
        "La page est rendue, avec votre motif.",
        reason,
    )


@act(curators)
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    page, version = page_or_404(slug), version_of(request)
    form = PublishForm(request.POST, page=page)
    if not form.is_valid():
        return show(request, page, 422, publish=form)
    return done(
        request,
        slug,
        lambda: WORKFLOW.publish_read(row=page, version=version, by=request.user, reason=form.said),
        "La page est publiée : le parcours la montre, et le journal dit ce qui change.",
        form.said,
    )


@act(curators)
@require_POST
def schedule(request: SignedInRequest, slug: str) -> HttpResponse:
    page, version = page_or_404(slug), version_of(request)
    form = PlanForm(request.POST, page=page)
    if not form.is_valid():
        return show(request, page, 422, plan=form)
    moment = form.cleaned_data["moment"]
    return done(
        request,
        slug,
        lambda: WORKFLOW.publish_read(
            row=page, version=version, by=request.user, at=moment, reason=form.said
        ),
        f"La publication est prévue le {date_long(moment)} à {time_short(moment)}.",
        form.said,
    )


@act(writers)
@require_POST
def restore(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    page, version = page_or_404(slug), version_of(request)
    revision = get_object_or_404(page.revisions, number=number)
    if not may_write(request, page):
        messages.error(request, f"La page est à l’état « {page.get_state_display()} » : rien n’est repris.")
        return redirect("course:curation_page", slug)
    return done(
        request,
        slug,
        lambda: WORKFLOW.restore(row=page, revision=revision, version=version, by=request.user),
        f"Le brouillon dit de nouveau ce que disait la version {number}.",
    )
