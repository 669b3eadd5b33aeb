"""Joining by code, coming back by personal link. No account needed; a GET never signs anyone in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.codes import Gate
from apps.accounts.models import User
from apps.accounts.selectors import membership_of
from apps.core.htmx import render_page
from apps.core.secrets import hash_token
from apps.diagnostic import access, selectors, services
from apps.diagnostic.errors import Refused
from apps.diagnostic.forms.respondents import CodeForm, GuestForm, RoleForm
from apps.diagnostic.models import Campaign, Respondent
from apps.diagnostic.services.respondents import link_has_expired
from apps.diagnostic.views.campaign import ANSWERS_AS

GATE = Gate(
    "diagnostic-join",
    "Aucune campagne ouverte n’a ce code. Vérifiez les six lettres avec la personne qui vous invite : "
    "il n’y a ni voyelle, ni chiffre.",
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        campaign, refusal, status = GATE.find(request, form.cleaned_data["code"], selectors.campaign_by_code)
        if campaign is not None:
            return redirect("diagnostic:join_code", campaign.code)
        form.add_error("code", refusal)
    context = {"door": "agir", "form": form, "after": path_after(request)}
    return render_page(request, "diagnostic/join.html", context, status=status)


def path_after(request: HttpRequest) -> str:
    """The page she was sent from because nothing identified her any more, or ""."""
    path = request.GET.get("suite", "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Choose one's place and start. A signed-in person finds her copy again."""
    campaign, refusal, status = GATE.find(request, code, selectors.campaign_by_code)
    if campaign is None:
        form = CodeForm({"code": code[:40]})
        form.add_error("code", refusal)
        context = {"door": "agir", "form": form, "after": ""}
        return render_page(request, "diagnostic/join.html", context, status=status)
    if existing := selectors.respondent_of_user(campaign, request.user):
        return redirect("diagnostic:copy", existing.pk)
    if not campaign.is_open:
        return render_page(
            request, "diagnostic/join_closed.html", {"door": "agir", "campaign": campaign}, status=410
        )
    return join_form(request, campaign)


def join_form(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    data = request.POST if request.method == "POST" else None
    form = RoleForm(data, initial={"role": usual_role(user, campaign)}) if user else GuestForm(data)
    if form.is_bound and form.is_valid():
        try:
            respondent = join_now(request, campaign, form, user)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("diagnostic:copy", respondent.pk)
    context = {
        "door": "agir",
        "campaign": campaign,
        "form": form,
        "started_here": campaign.respondents.filter(pk__in=request.session.get(access.COPIES, [])).first(),
        "minutes": selectors.questionnaire(campaign.instrument).minutes,
    }
    return render_page(request, "diagnostic/join_code.html", context, status=422 if form.errors else 200)


def usual_role(user: User | None, campaign: Campaign) -> str:
    membership = membership_of(user, campaign.organisation) if user else None
    return ANSWERS_AS[membership.role] if membership else ""  # type: ignore[index]


def join_now(request: HttpRequest, campaign: Campaign, form: RoleForm, user: User | None) -> Respondent:
    data = form.cleaned_data
    if user is not None:
        return services.join_campaign(campaign=campaign, user=user, role=data["role"]).respondent
    guest = services.join_as_guest(
        campaign=campaign, role=data["role"], name=data["name"], email=data["email"], token=data["ticket"]
    )
    access.grant_copy(request, guest.respondent)
    url = request.build_absolute_uri(reverse("diagnostic:resume", args=[guest.token]))
    access.show_link(request, guest.respondent, url)
    return guest.respondent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners of mails open links: only the button of this page opens the copy."""
    respondent = selectors.respondent_by_token(hash_token(token))
    if respondent is None or link_has_expired(respondent, timezone.now()):
        context = {"door": "agir", "expired": respondent is not None}
        return render_page(
            request, "diagnostic/resume_dead.html", context, status=404 if respondent is None else 410
        )
    if request.method == "POST":
        user = request.user if isinstance(request.user, User) else None
        services.accept_link(respondent=respondent, user=user)
        access.grant_copy(request, respondent)
        if code := access.pending_code(request, respondent):
            messages.info(request, "Une réponse attendait votre retour : la voici, à confirmer.")
            return redirect("diagnostic:question", respondent.pk, code)
        return redirect("diagnostic:copy", respondent.pk)
    context = {"door": "agir", "respondent": respondent, "campaign": respondent.campaign}
    return render_page(request, "diagnostic/resume.html", context)
