"""One person's copy: overview, question, end. Only its owner ever reaches these pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts import notebook
from apps.accounts.selectors import membership_of
from apps.core.htmx import render_page
from apps.diagnostic import access, panels, selectors, services
from apps.diagnostic.errors import NeedsConfirmation
from apps.diagnostic.models import Respondent
from apps.diagnostic.services.answers import missing_statements
from apps.diagnostic.views.guards import clear_copy_refusals


def overview_quit(respondent: Respondent, member: bool) -> dict[str, str]:
    """Where « Quitter » leads from the pages about the whole copy."""
    if member:
        return {
            "quit_url": reverse("diagnostic:campaign", args=[respondent.campaign_id]),
            "quit_label": "La campagne",
        }
    return {"quit_url": reverse("pages:home"), "quit_label": "Quitter"}


def is_member(request: HttpRequest, respondent: Respondent) -> bool:
    return membership_of(request.user, respondent.campaign.organisation) is not None


@require_safe
@clear_copy_refusals
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Her answers axis by axis; read-only once the campaign is closed."""
    respondent = access.copy_or_404(request, pk)
    questionnaire = selectors.questionnaire(respondent.campaign.instrument)
    answers = selectors.answers_of(respondent)
    member = is_member(request, respondent)
    context = {
        **overview_quit(respondent, member),
        "respondent": respondent,
        "campaign": respondent.campaign,
        "progress": panels.progress(questionnaire, respondent, answers),
        "axes": panels.overview(questionnaire, respondent, answers),
        "resume_url": panels.question_url(respondent, panels.first_missing(questionnaire, answers)),
        "started": any(not a.is_suggestion for a in answers.values()),
        "suggested": sum(a.is_suggestion for a in answers.values()),
        "new_link": access.new_link(request, respondent),
        "member": member,
    }
    return render_page(request, "diagnostic/copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@clear_copy_refusals
def question(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One statement. The same POST serves the radio (htmx) and the plain submit."""
    code = code.upper()
    try:
        respondent = access.copy_or_404(request, pk)
    except access.SignedOut as state:
        state.answer_kept = access.keep_pending(request, pk, code, request.POST.get("value", ""))
        raise
    if code not in selectors.questionnaire(respondent.campaign.instrument).codes:
        raise Http404
    if request.method == "POST":
        return record(request, respondent, code)
    if not respondent.campaign.is_open:
        return redirect("diagnostic:copy", pk)
    context = question_context(request, respondent, code)
    written = notebook.notes(request.user, respondent.campaign.organisation)
    context["notes"] = notebook.of_axis(written, context["question"].axis.code)
    return render_page(request, "diagnostic/question.html", context)


def record(request: HttpRequest, respondent: Respondent, code: str) -> HttpResponse:
    if "confirm" in request.POST:
        services.confirm_suggestion(respondent=respondent, statement=code)
    elif value := request.POST.get("value", ""):
        services.record_answer(respondent=respondent, statement=code, value=value)
        access.forget_link(request, respondent)
    access.forget_pending(request, respondent, code)
    context = question_context(request, respondent, code)
    if request.headers.get("HX-Request"):
        return render_page(request, "diagnostic/question.html", context | {"oob": True}, "update")
    return redirect(context["question"].next_url)


def question_context(request: HttpRequest, respondent: Respondent, code: str) -> dict[str, Any]:
    questionnaire = selectors.questionnaire(respondent.campaign.instrument)
    answers = selectors.answers_of(respondent)
    waiting = access.pending_value(request, respondent, code)
    question = panels.question(questionnaire, respondent, answers, code, waiting)
    return {
        "respondent": respondent,
        "campaign": respondent.campaign,
        "question": question,
        "progress": panels.progress(questionnaire, respondent, answers, question.axis.code),
        "terms": panels.glossary_of(question.statement),
        "oob": False,
        "quit_url": reverse("diagnostic:copy", args=[respondent.pk]),
        "quit_label": "Quitter",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@clear_copy_refusals
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET lists what is missing; POST finishes, with ``confirm`` when something is."""
    respondent = access.copy_or_404(request, pk)
    if request.method == "POST":
        try:
            services.finish_copy(respondent=respondent, confirmed="confirm" in request.POST)
        except NeedsConfirmation:
            return redirect("diagnostic:finish", pk)
        return redirect("diagnostic:thanks", pk)
    missing = set(missing_statements(respondent))
    if not missing or not respondent.campaign.is_open:
        return redirect("diagnostic:copy", pk)
    questionnaire = selectors.questionnaire(respondent.campaign.instrument)
    answers = selectors.answers_of(respondent)
    context = {
        "quit_url": reverse("diagnostic:copy", args=[pk]),
        "quit_label": "Revenir",
        "respondent": respondent,
        "campaign": respondent.campaign,
        "missing": [
            panels.line(questionnaire, s, respondent, answers.get(s.code))
            for s in questionnaire.statements
            if s.code in missing
        ],
        "nothing": len(missing) == len(questionnaire.statements),
    }
    return render_page(request, "diagnostic/finish.html", context)


@require_safe
@clear_copy_refusals
def thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    respondent = access.copy_or_404(request, pk)
    member = is_member(request, respondent)
    context = {
        **overview_quit(respondent, member),
        "respondent": respondent,
        "campaign": respondent.campaign,
        "member": member,
        "guest": respondent.user_id is None,
    }
    return render_page(request, "diagnostic/thanks.html", context)


@require_POST
@clear_copy_refusals
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On a shared device: the next person must not open this copy."""
    respondent = access.copy_or_404(request, pk)
    access.release_copy(request, respondent)
    return redirect(reverse("diagnostic:join"))
