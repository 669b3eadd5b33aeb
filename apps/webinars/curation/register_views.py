"""The registers of people and organisations: lists, sheets, correction, merge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.editorial.curation.access import View, curators
from apps.webinars.curation import register_presenters as presenters
from apps.webinars.curation import register_reads as reads
from apps.webinars.curation.register_forms import form_class, initial_of, seen_again
from apps.webinars.curation.register_kinds import PEOPLE, Register, Row
from apps.webinars.models import Person
from apps.webinars.services import people

PER_PAGE = 40
FILTERS = {"": "Toutes", "note": "Avec une note", "none": "Sans cas public"}
GONE = {"gone": "Noms retirés"}


def keeping(view: View) -> View:
    """A form of curators; sent after the session has ended, it is found again after sign-in."""
    return login_required_keeping_draft(curators(view))


@curators
@require_safe
def rows(request: SignedInRequest, register: Register) -> HttpResponse:
    """7 queries at most."""
    words, only = request.GET.get("q", "").strip()[:120], request.GET.get("voir", "")
    filters = FILTERS | GONE if register is PEOPLE else FILTERS
    only = only if only in filters else ""
    page = Paginator(reads.rows(register, words, only=only), PER_PAGE).get_page(request.GET.get("page", "1"))
    entries = [presenters.entry(register, row) for row in page]
    first = page.number == 1 and not words and not only
    context = {
        "register": register,
        "page": page,
        "entries": entries,
        "words": words,
        "only": only,
        "filters": filters.items(),
        "pairs": presenters.pairs(register) if first else [],
        "url": reverse(register.list_url),
    }
    return render(request, "curation/registers/rows.html", context)


@curators
@require_safe
def row(request: SignedInRequest, register: Register, slug: str) -> HttpResponse:
    """About 7 queries; a merged row leads to the one that was kept."""
    found = reads.one(register, slug)
    if found.merged_into:
        return redirect(register.url, found.merged_into.slug)
    context = {
        "register": register,
        "row": found,
        "places": presenters.places(register, found),
        "drafts": reads.drafts_only(register, found),
        "asked": presenters.asked(found) if isinstance(found, Person) else [],
        "edit_url": reverse(register.edit_url, args=[slug]),
        "merge_url": reverse(register.merge_url, args=[slug]),
        "list_url": reverse(register.list_url),
    }
    return render(request, "curation/registers/row.html", context)


@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, register: Register, slug: str) -> HttpResponse:
    found = reads.one(register, slug)
    if found.merged_into or getattr(found, "is_withdrawn", False):
        return redirect(register.url, slug)
    kind = form_class(register)
    if request.method != "POST":
        draft = draft_of(request)
        form = kind(initial={**initial_of(found), **(draft.dict() if draft else {})})
        return show_edit(request, register, found, form)
    form = kind(request.POST)
    if form.is_valid():
        try:
            correct(request, register, found, form.cleaned_data)
        except people.StaleError as error:
            form.add_error(None, str(error))
            seen_again(form, reads.one(register, slug))
        except people.RefusedError as error:
            form.add_error(None, str(error))
        else:
            forget_draft(request)
            messages.success(request, "La correction est enregistrée : elle paraît partout.")
            return redirect(register.url, slug)
    return show_edit(request, register, found, form, 422)


def correct(request: SignedInRequest, register: Register, found: Row, typed: dict[str, Any]) -> None:
    shared = {name: typed[name] for name in ("spellings", "note", "seen")}
    if isinstance(found, Person):
        names = {name: typed[name] for name in ("first_name", "last_name", "asked_on", "reason")}
        people.correct_person(person=found, by=request.user, **names, **shared)
    else:
        region = typed["region"].pk if typed["region"] else None
        people.correct_organisation(
            organisation=found,
            name=typed["name"],
            kind=typed["kind"],
            region_id=region,
            by=request.user,
            **shared,
        )


def show_edit(
    request: SignedInRequest, register: Register, found: Row, form: Any, status: int = 200
) -> HttpResponse:
    context = {
        "register": register,
        "row": found,
        "form": form,
        "url": reverse(register.url, args=[found.slug]),
    }
    return render(request, "curation/registers/edit.html", context, status=status)


@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, register: Register, slug: str) -> HttpResponse:
    """Without another row: choose it. With one: what both say, which is kept, and what changes."""
    found = reads.one(register, slug)
    asked = request.POST if request.method == "POST" else (draft_of(request) or request.GET)
    other = chosen(register, asked.get("avec", ""))
    if found.merged_into and request.method != "POST":
        return redirect(register.url, found.merged_into.slug)
    if other is None or other.pk == found.pk:
        return choose(request, register, found)
    if request.method == "POST" and request.POST.get("garder") in (found.slug, other.slug):
        return do_merge(request, register, found, other)
    refusal = "Choisissez la fiche que l’on garde." if request.method == "POST" else ""
    return show_merge(request, register, found, other, asked.get("garder", ""), refusal)


def chosen(register: Register, slug: str) -> Row | None:
    found = register.model._default_manager.filter(slug=slug).select_related("merged_into").first()
    return found


def choose(request: SignedInRequest, register: Register, found: Row) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:120]
    if words:
        alike = list(reads.rows(register, words).exclude(pk=found.pk)[:20])
    else:
        alike = reads.like(register, found)
    context = {
        "register": register,
        "row": found,
        "url": reverse(register.url, args=[found.slug]),
        "entries": [presenters.entry(register, one) for one in alike],
        "words": words,
    }
    return render(request, "curation/registers/choose.html", context)


def do_merge(request: SignedInRequest, register: Register, found: Row, other: Row) -> HttpResponse:
    kept, gone = (found, other) if request.POST["garder"] == found.slug else (other, found)
    if gone.merged_into_id == kept.pk:
        return redirect(register.url, kept.slug)  # sent twice
    try:
        people.merge(kept=kept, other=gone, by=request.user)
    except people.RefusedError as error:
        return show_merge(request, register, found, other, request.POST["garder"], str(error))
    forget_draft(request)
    messages.success(request, f"C’est fait : « {gone} » est maintenant une graphie de « {kept} ».")
    return redirect(register.url, kept.slug)


def show_merge(
    request: SignedInRequest, register: Register, found: Row, other: Row, keep: str, refusal: str
) -> HttpResponse:
    sides = [presenters.side(register, one) for one in (found, other)]
    both = {case.pk for case in sides[0].cases} & {case.pk for case in sides[1].cases}
    context = {
        "register": register,
        "row": found,
        "other": other,
        "sides": sides,
        "keep": keep,
        "both": [case for case in sides[0].cases if case.pk in both],
        "refusal": refusal,
        "url": reverse(register.url, args=[found.slug]),
    }
    status = 422 if refusal else 200
    return render(request, "curation/registers/merge.html", context, status=status)
