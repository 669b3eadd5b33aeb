"""Threads: on an item, on a step. The same addresses without script, and for htmx by fragments."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import item_to_write, kind_at
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Comment, Item
from apps.methodology.services import comments as services
from apps.methodology.talk import presenters, selectors
from apps.methodology.talk.addresses import item_url, thread_url
from apps.methodology.talk.presenters import Thread, Typed
from apps.methodology.talk.views.gate import is_fragment, whole_page
from apps.methodology.tools import TOOL_OF_KIND

DOOR = "agir"


@never_cache
@seated("talk", whole_page(login_required_keeping_draft))
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    kind = kind_at(place, item)
    step = TOOL_OF_KIND[kind].step
    if request.method == "POST":
        return post(request, place, step, item)
    return show(request, place, step, item)


@never_cache
@seated("talk", whole_page(login_required_keeping_draft))
@require_http_methods(["GET", "HEAD", "POST"])
def step_comments(request: SignedInRequest, place: Place, step: int) -> HttpResponse:
    if not 1 <= step <= 8:
        raise Http404
    if request.method == "POST":
        return post(request, place, step)
    return show(request, place, step)


def post(request: SignedInRequest, place: Place, step: int, item: UUID | None = None) -> HttpResponse:
    text, called = request.POST.get("text", ""), request.POST.getlist("mention")
    try:
        said = services.say(
            seat=place.seat,
            step=step,
            item=item_to_write(place, item) if item else None,
            text=text,
            mentions=keys(called),
            key=next(iter(keys([request.POST.get("key", "")])), uuid4()),
        )
    except Refused as refusal:
        return show(request, place, step, item, Typed(text, called, str(refusal)))
    forget_draft(request)
    if is_fragment(request):
        return show(request, place, step, item)
    return redirect(f"{request.path}#c-{said.pk}")


def keys(posted: list[str]) -> list[UUID]:
    """Those that are keys, whatever was posted."""
    found = []
    for text in posted[:100]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def show(
    request: SignedInRequest, place: Place, step: int, item: UUID | None = None, typed: Typed | None = None
) -> HttpResponse:
    """The page of a thread; for htmx the thread alone, and its list alone when somebody else wrote (``liste``)."""
    typed = typed or drafted(request)
    context = about(place, presenters.thread(place, item=item, step=step, typed=typed))
    if is_fragment(request):
        # htmx shows nothing of a 422: the refusal is in the fragment.
        name = "list" if "liste" in request.GET else "thread"
        return render(request, f"methodology/talk/{name}.html", context)
    context |= around(place, step, item)
    return render(request, "methodology/talk/comments.html", context, status=422 if typed.error else 200)


def about(place: Place, thread: Thread) -> dict[str, Any]:
    return {"door": DOOR, "place": place, "engagement": place.engagement, "thread": thread}


def drafted(request: SignedInRequest) -> Typed:
    draft = draft_of(request)
    return Typed(draft.get("text", ""), draft.getlist("mention")) if draft else Typed()


def around(place: Place, step: int, item: UUID | None) -> dict[str, Any]:
    """What the thread is about, and the way there."""
    pk = place.engagement.pk
    title = selectors.step_titles(place.engagement)[step]
    if item is None:
        url = reverse("method:engagement_step", args=[pk, step])
        return {"about": title, "about_url": url, "about_link": "Voir l’étape"}
    row = Item.objects.filter(pk=item).first() or Item(pk=item, kind=kind_at(place, item), engagement_id=pk)
    name = selectors.item_names([row])[item]
    return {"about": name, "about_url": item_url(row), "about_link": "Voir ce qui est écrit"}


@seated("talk", whole_page(action_login_required("method:engagement", "pk")))
@require_POST
def comment_act(request: SignedInRequest, place: Place, comment: int) -> HttpResponse:
    """Correct, take back, settle, open again; anything else posted changes nothing."""
    found = get_object_or_404(Comment, engagement=place.engagement, pk=comment)
    act, text = request.POST.get("act", ""), request.POST.get("text", "")
    error = ""
    try:
        perform(place, found, act, text)
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        error = str(refusal)
    if error and act == "edit":
        return refused_edit(request, place, found, Typed(text, error=error))
    if is_fragment(request):
        # The list alone: what she is writing below it stays.
        thread = presenters.thread(place, item=found.item_id, step=found.step, refused=error)
        return render(request, "methodology/talk/list.html", about(place, thread))
    if error:
        messages.error(request, error)
    return redirect(thread_url(found))


def refused_edit(request: SignedInRequest, place: Place, comment: Comment, typed: Typed) -> HttpResponse:
    """Her text, ready to be said as another comment."""
    response = show(request, place, comment.step, comment.item_id, typed)
    if is_fragment(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#fil", "outerHTML"
    return response


def perform(place: Place, comment: Comment, act: str, text: str) -> None:
    if act == "edit":
        services.edit(comment=comment, by=place.seat, text=text)
    elif act == "take_back":
        services.take_back(comment=comment, by=place.seat)
    elif act in ("settle", "reopen"):
        if not place.may("write"):
            raise NotYours("La gouvernance lit et commente\u00a0; l’équipe dit ce qui est réglé.")
        services.settle(comment=comment, settled=act == "settle")
