"""How to use the API: its entrance, its schema, its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api import reference, schema
from apps.webinars.opendata import LICENCE

ENTRANCE = {
    "goals": "api:goal-list",
    "fragilities": "api:fragility-list",
    "webinars": "api:webinar-list",
    "persons": "api:person-list",
    "organisations_cited": "api:cited-organisation-list",
    "webinars_json": "api:webinars-json",
    "webinars_csv": "api:webinars-csv",
    "speakers_csv": "api:speakers-csv",
    "course_steps": "api:course-step-list",
    "course_module": "api:course-module",
    "method_steps": "api:method-step-list",
    "organisations": "api:organisation-list",
    "campaigns": "api:campaign-list",
    "engagements": "api:engagement-list",
    "schema": "api:schema",
    "docs": "api:docs",
}


@extend_schema(exclude=True)
class Entrance(APIView):
    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in ENTRANCE.items()})


# drf-spectacular's own view lets the address choose a language and a file name, unchecked.
@extend_schema(exclude=True)
class Schema(APIView):
    permission_classes = (AllowAny,)
    renderer_classes = (
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    )

    def get(self, request: Request) -> Response:
        return Response(schema.document())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    def at(name: str) -> str:
        return request.build_absolute_uri(reverse(f"api:{name}"))

    context = {
        "parts": reference.parts(schema.document()),
        "licence": LICENCE,
        "open_command": f"curl {at('fragility-list')}?goal=1",
        "library_command": f"curl '{at('webinar-list')}?goal=4&goal=15&pillar=alliances'",
        "dump_command": f"curl --etag-save cas.etag --etag-compare cas.etag -o cas.csv {at('webinars-csv')}",
        "token_command": f'curl -H "Authorization: Bearer $JETON" {at("campaign-list")}',
    }
    return render(request, "api/docs.html", context)
