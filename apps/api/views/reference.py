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

ENTRANCE = {
    "goals": "api:goal-list",
    "fragilities": "api:fragility-list",
    "organisations": "api:organisation-list",
    "campaigns": "api:campaign-list",
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
    fragilities = request.build_absolute_uri(reverse("api:fragility-list"))
    campaigns = request.build_absolute_uri(reverse("api:campaign-list"))
    context = {
        "parts": reference.parts(schema.document()),
        "open_command": f"curl {fragilities}?goal=1",
        "token_command": f'curl -H "Authorization: Bearer $JETON" {campaigns}',
    }
    return render(request, "api/docs.html", context)
