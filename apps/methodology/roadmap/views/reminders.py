"""Behind the link of the mails about actions: only the button stops them, or takes them up again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.methodology.models import Seat
from apps.methodology.roadmap.letters import person_of

DOOR = "agir"


# The secret of the link is the proof: a mail reader that sends « List-Unsubscribe=One-Click » has no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners of mails open links: reading changes nothing."""
    person = person_of(token)
    seats = Seat.objects.filter(user=person, left_at=None) if person else Seat.objects.none()
    if not seats.exists():
        return render(request, "methodology/roadmap/reminders_gone.html", {"door": DOOR}, status=404)
    if request.method != "POST":
        is_on = seats.filter(wants_reminders=True).exists()
        return render(
            request, "methodology/roadmap/reminders.html", {"door": DOOR, "is_on": is_on, "token": token}
        )
    seats.update(wants_reminders=request.POST.get("act") == "resume")
    if "List-Unsubscribe" in request.POST:
        return HttpResponse(
            "C’est fait.", content_type="text/plain; charset=utf-8"
        )  # RFC 8058: no redirection
    return redirect("method:reminders_stop", token)
