"""Development pages: the mailbox, with the second-factor codes of the demonstration accounts, and the gallery."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from post_office.models import Email

SHOWN = 100


def present_codes() -> list[tuple[str, str]]:
    """(email, code of this half minute) of each demonstration account with a second factor."""
    counter = next(iter(yield_hotp_counters_from_time()))
    found = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_demo=True).select_related("user")
    return [(row.user.email, format_hotp_value(hotp_value(secret_of(row), counter))) for row in found]


def secret_of(row: Authenticator) -> str:
    from allauth.mfa.adapter import get_adapter

    secret: str = get_adapter().decrypt(TOTP(row).instance.data["secret"])
    return secret


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("a", "")
    mails = Email.objects.filter(to__icontains=asked) if asked else Email.objects.all()
    context = {"mails": mails.order_by("-pk")[:SHOWN], "asked": asked, "codes": present_codes()}
    return render(request, "dev/mailbox.html", context)


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "dev/mail.html", {"mail": get_object_or_404(Email, pk=pk)})


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/gallery.html", {"levels": ("info", "ok", "warn", "danger")})
