"""The library for everyone: search, a case, people, organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.core.htmx import render_page
from apps.webinars import case_page, registers, selectors
from apps.webinars import library as shelves
from apps.webinars.models import CitedOrganisation, Person


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    return render_page(request, "webinars/library.html", shelves.screen(request.GET), partial="results")


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    webinar = get_object_or_404(selectors.public(), slug=slug)
    return render(request, "webinars/case.html", case_page.screen(webinar))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/people.html", registers.people(request.GET.get("page", "1")))


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug, is_withdrawn=False)
    if found.merged_into:
        return redirect(found.merged_into.get_absolute_url(), permanent=True)
    return render(request, "webinars/person.html", registers.person(found))


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    return render(
        request, "webinars/organisations.html", registers.organisations(request.GET.get("page", "1"))
    )


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(CitedOrganisation.objects.select_related("merged_into", "region"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into.get_absolute_url(), permanent=True)
    return render(request, "webinars/organisation.html", registers.organisation(found))
