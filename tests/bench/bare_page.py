"""A bare Django page: the session, the person, one query, ten kilobytes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from apps.catalogue.models import Goal


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "bare.html", {"user": request.user, "goals": Goal.objects.all()})


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", bare), path("healthz", healthz)]
