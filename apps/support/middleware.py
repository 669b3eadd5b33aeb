"""What a look may do: open some pages, write nothing, and be seen on each of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import structlog
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers

from apps.support import rooms, services, sessions
from apps.support.enums import End
from apps.support.models import SupportVisit
from apps.support.presenters import banner

SAFE = ("GET", "HEAD", "OPTIONS")
BODY, HEAD = re.compile(rb"<body[^>]*>"), b"</head>"
OVER = "La visite est finie\u00a0: vous êtes de nouveau vous-même."


class SupportMiddleware:
    """Before the second factor is asked of whom support looks as. Nothing is asked of the database outside a visit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not sessions.is_support(request):
            return self.get_response(request)
        visit = sessions.current(request)
        if visit is None:
            return self._over(request)
        structlog.contextvars.bind_contextvars(as_support=visit.operator_id)
        # An answer kept by the browser from before would have no banner.
        for header in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            request.META.pop(header, None)
        return shown(request, visit, self._answer(request, visit))

    def _answer(self, request: HttpRequest, visit: SupportVisit) -> HttpResponse:
        name = name_of(request)
        if request.method == "POST" and name in rooms.WAYS_OUT:
            return self.get_response(request)
        if request.method == "POST" and name == "support:start":
            return redirect("accounts:home")  # pressed twice: the visit has begun
        if request.method not in SAFE or (name is not None and name not in rooms.OPEN):
            return refused(request)
        services.count_page(visit=visit)
        with transaction.atomic():
            response = self.get_response(request)
            # Whatever the page marks on its way, « seen », « last tool », a count, a cache, goes back: nothing was read
            # by her. What it would do after the commit is not done either.
            transaction.set_rollback(True)
        return response

    def _over(self, request: HttpRequest) -> HttpResponse:
        sessions.give_back(request, End.NO_LONGER)
        messages.info(request, OVER)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse("accounts:home")})
        return redirect("accounts:home")


def name_of(request: HttpRequest) -> str | None:
    """None: no such address, which the 404 page says."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return None


def refused(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": rooms.REFUSED}, status=403)
    return render(request, "support/refused.html", {"is_act": request.method not in SAFE}, status=403)


def shown(request: HttpRequest, visit: SupportVisit, response: HttpResponse) -> HttpResponse:
    """The banner first in every whole page, errors included, whatever template drew it; and nothing kept by the browser."""
    add_never_cache_headers(response)
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    if is_page and sessions.is_support(request):
        told = render_to_string("support/banner.html", {"banner": banner(visit)}, request).encode()
        style = f'<link rel="stylesheet" href="{static("css/support.css")}">'.encode()
        content = response.content.replace(HEAD, style + HEAD, 1)
        response.content = BODY.sub(lambda found: found[0] + told, content, count=1)
    return response
