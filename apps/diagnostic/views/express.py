"""The express mode: twelve statements, five minutes, nothing stored."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.htmx import render_page
from apps.diagnostic import express as mode
from apps.diagnostic import express_panel, selectors
from apps.diagnostic.forms.express import ExpressForm


@require_http_methods(["GET", "HEAD", "POST"])
def express(request: HttpRequest) -> HttpResponse:
    """GET asks; POST shows the result above the same answers. Nothing is written anywhere."""
    questionnaire = selectors.current_questionnaire()
    form = ExpressForm(questionnaire, request.POST if request.method == "POST" else None)
    valid = form.is_bound and form.is_valid()
    answers = form.answers() if valid else {}
    context = {
        "door": "agir",
        "questionnaire": questionnaire,
        "form": form,
        "groups": express_panel.groups(questionnaire, form),
        "result": mode.instant_result(questionnaire, answers) if valid else None,
        "answers": answers,
    }
    return render_page(request, "diagnostic/express.html", context, status=422 if form.errors else 200)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps the twelve answers in this browser's session, then towards an account and a campaign."""
    form = ExpressForm(selectors.current_questionnaire(), request.POST)
    if not form.is_valid():
        return redirect("diagnostic:express")
    mode.keep(request, form.answers())
    after = reverse("diagnostic:open")
    if request.user.is_authenticated:
        return redirect(after)
    messages.info(
        request, "Vos réponses sont gardées. Créez votre compte : elles ouvriront votre campagne complète."
    )
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': after})}")
