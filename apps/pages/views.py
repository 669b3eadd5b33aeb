"""Public pages: home, doors, resources, glossary, legal texts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.requests import Request
from apps.catalogue import presenters as catalogue
from apps.catalogue import selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Door, GlossaryTerm
from apps.catalogue.published import rendered
from apps.course import selectors as course
from apps.pages import doors, ministry, presenters, understand, your_cases
from apps.pages import home as front
from apps.pages.accessibility import THEMES

CASES_ON_THE_MAP = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    body = rendered("pages/home.html#body", lambda: front.context(today), today.isoformat())
    return render(request, "pages/home.html", {"body": body})


@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Door, pk=slug)
    return render(
        request, f"pages/{slug}.html", {"door": slug, "page": page, **doors.CONTEXTS[slug](request)}
    )


@require_safe
def understand_section(request: HttpRequest, slug: str) -> HttpResponse:
    section = understand.BY_SLUG.get(slug)
    if section is None:
        raise Http404
    around = catalogue.around(understand.SECTIONS, section)
    context = {"door": "comprendre", "section": section, "around": around, **section.build()}
    return render(request, section.template, context)


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Its address before it had a page of its own."""
    return redirect(get_object_or_404(selectors.resource_names(), pk=slug), permanent=True)


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/measures.html", ministry.context())


@require_safe
def for_you(request: Request) -> HttpResponse:
    return render(request, "pages/for_you.html", your_cases.context(request.organisation))


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/glossary.html", {"letters": presenters.letters(GlossaryTerm.objects.all())})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"legal": settings.LEGAL, "themes": THEMES})


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal.html", {"legal": settings.LEGAL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"legal": settings.LEGAL})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {
        "doors": Door.objects.all(),
        "sections": understand.SECTIONS,
        "goals": selectors.goals(),
        "fragilities": selectors.fragility_names(),
        "course": course.public_pages(),
        "method": selectors.resource_names(ResourceKind.METHOD_STEP),
        "cases": selectors.resource_names(ResourceKind.WEBINAR).order_by("-date", "pk")[:CASES_ON_THE_MAP],
    }
    return render(request, "pages/sitemap.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = (
        "compte",
        "espace",
        "organisations",
        "invitations",
        "documents",
        "gestion",
        "api",
        "diagnostic/reponses",
        "s-informer/inscription",
        "curation",
        "bibliotheque/apercu",
    )
    found = f"Sitemap: {settings.SITE_URL}{reverse('pages:sitemap_xml')}"
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in closed), "", found]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
