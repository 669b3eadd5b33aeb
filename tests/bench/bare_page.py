"""A bare Django page: the session, the person, one query, ten kilobytes. And a bare write: one row, one transaction."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from apps.accounts.models import User
from apps.catalogue.models import Goal


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "bare.html", {"user": request.user, "goals": Goal.objects.all()})


@transaction.atomic
def write(request: HttpRequest) -> HttpResponse:
    """The person's row is read for the update and written, as any form does."""
    person = User.objects.select_for_update().get(pk=request.user.pk)
    person.full_name = request.POST["name"]
    person.save(update_fields=["full_name"])
    return JsonResponse({"name": person.full_name})


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", bare), path("write", write), path("healthz", healthz)]
