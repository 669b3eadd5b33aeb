"""A case in curation: its page, and every act on it."""

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
from apps.editorial.curation import acts
from apps.editorial.curation.access import curators, is_curator, writers
from apps.editorial.curation.act_forms import ArchiveForm, ScheduleForm, SendBackForm
from apps.editorial.curation.acts import Refusals, version_of
from apps.editorial.enums import DraftState
from apps.webinars.curation import panel
from apps.webinars.curation.access import act, case_or_404, writable
from apps.webinars.models import Webinar
from apps.webinars.services import previews
from apps.webinars.services.projection import StillCitedError
from apps.webinars.services.workflow import CASES

REFUSALS = Refusals(
    changed="La fiche a changé depuis que vous l’avez ouverte : rien n’est fait. Relisez-la, puis refaites votre geste.",
    lacking="Il manque encore quelque chose pour les lecteurs : la liste est ci-dessous, rien n’est fait.",
    also=StillCitedError,
)


@never_cache
@writers
@require_safe
def case(request: SignedInRequest, slug: str) -> HttpResponse:
    return show(request, case_or_404(request, slug))


def show(request: SignedInRequest, webinar: Webinar, status: int = 200, **refused: object) -> HttpResponse:
    return render(request, "curation/case.html", panel.screen(request, webinar, **refused), status=status)


def done(
    request: SignedInRequest, slug: str, perform: Callable[[], object], said: str, lost: str = ""
) -> HttpResponse:
    """The act, told; back to the case's page."""
    acts.perform(request, perform, said, REFUSALS, lost)
    forget_draft(request, reverse("curation:case", args=[slug]))
    return redirect("curation:case", slug)


@act(writers)
@require_POST
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar, version = case_or_404(request, slug), version_of(request)
    return done(
        request,
        slug,
        lambda: CASES.submit(row=webinar, version=version, by=request.user),
        "La fiche est proposée à la relecture.",
    )


@act(curators)
@require_POST
def send_back(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar, form = case_or_404(request, slug), SendBackForm(request.POST)
    if not form.is_valid():
        return show(request, webinar, 422, send_back=form)
    reason = form.cleaned_data["send_back_reason"]
    return done(
        request,
        slug,
        lambda: CASES.send_back(row=webinar, by=request.user, reason=reason),
        "La fiche est rendue, avec votre motif.",
        reason,
    )


@act(curators)
@require_POST
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar, version = case_or_404(request, slug), version_of(request)
    return done(
        request,
        slug,
        lambda: CASES.publish_read(row=webinar, version=version, by=request.user),
        "La fiche est publiée : la bibliothèque la montre.",
    )


@act(curators)
@require_POST
def schedule(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar, version, form = case_or_404(request, slug), version_of(request), ScheduleForm(request.POST)
    if not form.is_valid():
        return show(request, webinar, 422, schedule=form)
    moment = form.cleaned_data["moment"]
    return done(
        request,
        slug,
        lambda: CASES.publish_read(row=webinar, version=version, by=request.user, at=moment),
        f"La publication est prévue le {date_long(moment)} à {time_short(moment)}.",
    )


@act(curators)
@require_POST
def archive(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar, form = case_or_404(request, slug), ArchiveForm(request.POST)
    if not form.is_valid():
        return show(request, webinar, 422, archive=form)
    reason = form.cleaned_data["archive_reason"]
    return done(
        request,
        slug,
        lambda: CASES.archive(row=webinar, by=request.user, reason=reason),
        "La fiche est archivée : les lecteurs ne la voient plus.",
        reason,
    )


@act(curators)
@require_POST
def reopen(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar = case_or_404(request, slug)
    return done(
        request,
        slug,
        lambda: CASES.reopen(row=webinar, by=request.user),
        "La fiche est rouverte : c’est de nouveau un brouillon.",
    )


@act(writers)
@require_POST
def restore(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    webinar, version = case_or_404(request, slug), version_of(request)
    revision = get_object_or_404(webinar.revisions, number=number)
    if not is_curator(request) and webinar.state not in writable(request):
        messages.error(
            request, f"La fiche est à l’état « {webinar.get_state_display()} » : rien n’est repris."
        )
        return redirect("curation:case", slug)
    return done(
        request,
        slug,
        lambda: CASES.restore(row=webinar, revision=revision, version=version, by=request.user),
        f"Le brouillon dit de nouveau ce que disait la version {number}.",
    )


@act(writers)
@require_POST
def link_create(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar = case_or_404(request, slug)
    if webinar.state == DraftState.ARCHIVED:
        messages.error(request, "Une fiche archivée ne se montre pas : rouvrez-la d’abord.")
        return redirect("curation:case", slug)
    _, token = previews.create_link(webinar=webinar, by=request.user)
    request.session[panel.NEW_LINK] = request.build_absolute_uri(reverse("webinars:preview", args=[token]))
    return redirect(reverse("curation:case", args=[slug]) + "#apercu")


@act(writers)
@require_POST
def link_revoke(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    webinar = case_or_404(request, slug)
    previews.revoke_link(link=get_object_or_404(webinar.preview_links, pk=pk))
    messages.success(request, "Le lien est révoqué : il n’ouvre plus rien.")
    return redirect("curation:case", slug)
