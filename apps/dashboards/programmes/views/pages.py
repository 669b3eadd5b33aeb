"""A funder’s programmes: the list, the follow-up, opening, changing, closing."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.dashboards.disclosure import Rules
from apps.dashboards.models import Programme
from apps.dashboards.programmes import selectors
from apps.dashboards.programmes.access import funder, of_hers
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.programmes.follow_up import STATES, follow_up, to_csv
from apps.dashboards.programmes.forms import PersonForm, ProgrammeForm
from apps.dashboards.services import programmes as services

DOOR = "accompagner"
A_PAGE = 100
BACK = action_login_required("dashboards:programme", "pk")
TO_EDIT = action_login_required("dashboards:programme_edit", "pk")


@never_cache
@funder()
@require_safe
def programmes(request: SignedInRequest) -> HttpResponse:
    context = {"door": DOOR, "programmes": list(selectors.programmes_of(request.user))}
    return render(request, "dashboards/programmes/list.html", context)


@never_cache
@funder(login_required_keeping_draft)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: SignedInRequest) -> HttpResponse:
    draft = draft_of(request)
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, initial=draft.dict() if draft else None
    )
    if form.is_bound and form.is_valid():
        made = services.open_programme(by=request.user, **said(form), key=form.cleaned_data["key"])
        forget_draft(request)
        messages.success(request, "Le programme est ouvert. Donnez son code, ou invitez par courriel.")
        return redirect("dashboards:programme", made.pk)
    context = {"door": DOOR, "form": form}
    return render(request, "dashboards/programmes/open.html", context, status=422 if form.is_bound else 200)


class Said(TypedDict):
    name: str
    funder_name: str
    purpose: str


def said(form: ProgrammeForm) -> Said:
    known = form.cleaned_data
    return Said(name=known["name"], funder_name=known["funder_name"], purpose=known["purpose"])


@never_cache
@of_hers()
@require_safe
def programme(request: SignedInRequest, programme: Programme) -> HttpResponse:
    """Who is where, by name; the releases."""
    state = asked_state(request)
    found = follow_up(programme)
    context = {
        "door": DOOR,
        "programme": programme,
        "follow_up": found,
        "state": state,
        "lines": Paginator(found.only(state), A_PAGE).get_page(request.GET.get("page")),
        "releases": list(selectors.releases_of(programme)),
        "k": settings.RELEASE_K,
        "enough": Rules(k=settings.RELEASE_K).least(),
    }
    return render(request, "dashboards/programmes/programme.html", context)


def asked_state(request: SignedInRequest) -> str:
    """ "" for all of them; Http404 for one that is not in the list."""
    state = request.GET.get("etat", "")
    if state and state not in STATES:
        raise Http404
    return state


@never_cache
@of_hers()
@require_safe
def follow_up_file(request: SignedInRequest, programme: Programme) -> HttpResponse:
    """What the page shows, narrowed as it is."""
    lines = follow_up(programme).only(asked_state(request))
    name = f'attachment; filename="suivi-{programme.pk.hex[:8]}.csv"'
    return HttpResponse(
        to_csv(lines), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@never_cache
@of_hers(login_required_keeping_draft)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, programme: Programme) -> HttpResponse:
    draft = draft_of(request)
    posted = request.POST if request.method == "POST" else None
    agreed = selectors.is_agreed_to(programme)
    form = ProgrammeForm(posted, draft.dict() if draft else None, programme, agreed)
    if form.is_bound and form.is_valid():
        try:
            services.edit(programme=programme, **said(form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            messages.success(request, "C’est enregistré. Les associations lisent maintenant ces mots.")
            return redirect("dashboards:programme", programme.pk)
    return show_edit(request, programme, form, status=422 if form.is_bound else 200)


def show_edit(
    request: SignedInRequest,
    programme: Programme,
    form: ProgrammeForm | None = None,
    person_form: PersonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    people = list(selectors.people_of(programme))
    context: dict[str, Any] = {
        "door": DOOR,
        "programme": programme,
        "form": form or ProgrammeForm(programme=programme, is_agreed_to=selectors.is_agreed_to(programme)),
        "person_form": person_form or PersonForm(),
        "people": people,
        "may_leave": sum(person.holds and person.is_active for person in people) > 1,  # type: ignore[attr-defined]
    }
    return render(request, "dashboards/programmes/edit.html", context, status=status)


@TO_EDIT
@of_hers()
@require_POST
def person_add(request: SignedInRequest, programme: Programme) -> HttpResponse:
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            added = services.add_person(programme=programme, email=form.cleaned_data["email"])
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"{added} tient maintenant ce programme avec vous.")
            return redirect("dashboards:programme_edit", programme.pk)
    return show_edit(request, programme, person_form=form, status=422)


@action_login_required("dashboards:programmes")
@funder()
@require_POST
def person_remove(request: SignedInRequest, pk: Any, person: int) -> HttpResponse:
    """Oneself or a colleague. A second click of the person who has just left finds her list."""
    programme = Programme.objects.filter(pk=pk, people=request.user.pk).first()
    if programme is None and person == request.user.pk:
        return redirect("dashboards:programmes")
    programme = programme or selectors.programme_or_404(request.user, pk)
    found = programme.people.filter(pk=person).first()
    try:
        if found:
            services.remove_person(programme=programme, person=found)
            messages.success(request, f"{found} ne tient plus ce programme.")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("dashboards:programme_edit", pk)
    if person == request.user.pk:
        return redirect("dashboards:programmes")
    return redirect("dashboards:programme_edit", pk)


@BACK
@of_hers()
@require_POST
def close(request: SignedInRequest, programme: Programme) -> HttpResponse:
    services.close(programme=programme)
    messages.success(
        request, "Le programme est clos. Ses publications restent, et chaque association garde son accord."
    )
    return redirect("dashboards:programme", programme.pk)
