"""Stopping the weekly mail: behind the link of the mail, or signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.course.groups import digest
from apps.course.groups.views import DOOR


# The secret of the link is the proof: a mail reader that sends « List-Unsubscribe=One-Click » has no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners of mails open links: only the button stops the mail, or takes it up again."""
    found = digest.find(token)
    if found is None:
        return render(request, "course/groups/weekly_gone.html", {"door": DOOR}, status=404)
    if request.method != "POST":
        return render(request, "course/groups/weekly.html", {"door": DOOR, "digest": found, "token": token})
    digest.switch(user_id=found.user_id, wanted=request.POST.get("act") == "resume")
    if "List-Unsubscribe" in request.POST:
        return HttpResponse(
            "C’est fait.", content_type="text/plain; charset=utf-8"
        )  # RFC 8058: no redirection
    return redirect("course:digest_stop", token)


@action_login_required("course:groups")
@require_POST
def switch(request: SignedInRequest) -> HttpResponse:
    wanted = request.POST.get("act") == "resume"
    digest.switch(user_id=request.user.pk, wanted=wanted)
    told = "Le courriel du lundi reprend." if wanted else "Le courriel du lundi est arrêté."
    messages.success(request, told)
    return redirect("course:path" if request.POST.get("from") == "path" else "course:groups")
