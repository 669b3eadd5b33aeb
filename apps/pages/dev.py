"""Development only: the mail box, the codes of demonstration accounts, the gallery. Absent in production."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from post_office.models import STATUS, Email

from apps.pages import gallery

SHOWN = 100
# post_office says them in English.
STATES = {
    STATUS.sent: "parti",
    STATUS.failed: "en échec",
    STATUS.queued: "en attente",
    STATUS.requeued: "à renvoyer",
    None: "en attente",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What an authenticator app would show now for a demonstration account."""

    email: str
    code: str
    seconds: int


def demonstration_codes(now: float) -> list[Code]:
    counter, gone = divmod(int(now), mfa.TOTP_PERIOD)
    found = Authenticator.objects.filter(user__is_demo=True, type=Authenticator.Type.TOTP).select_related(
        "user"
    )
    return [
        Code(
            row.user.email,
            format_hotp_value(hotp_value(decrypt(row.data["secret"]), counter)),
            mfa.TOTP_PERIOD - gone,
        )
        for row in found.order_by("user__email")
    ]


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Latest first; ``?a=`` keeps the mails to one address."""
    address = request.GET.get("a", "").strip()
    mails = Email.objects.order_by("-created", "-pk")
    if address:
        mails = mails.filter(to__icontains=address)
    shown = [(mail, STATES[mail.status]) for mail in mails[:SHOWN]]
    context = {"mails": shown, "address": address, "codes": demonstration_codes(time.time())}
    return render(request, "dev/mailbox.html", context)


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Email, pk=pk)
    return render(request, "dev/mail.html", {"mail": found, "state": STATES[found.status]})


# Mail readers know no style sheet but the one inside the message.
@csp_update({"style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]
@require_safe
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Email.objects.exclude(html_message=""), pk=pk).html_message)


@require_safe
def ui_gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "dev/gallery.html", gallery.context())
