"""The method, open to all: the eight steps in force, with their guides."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from apps.api.kept import UNCHANGED, kept, stamped
from apps.api.serializers.method_steps import MethodStepSerializer
from apps.catalogue.published import last_change
from apps.methodology.models import MethodStep
from apps.methodology.public import opendata

METHOD = (
    "Les titres, les livrables et les guides sont une proposition pédagogique, à afficher comme telle. Avec « ETag » et "
    "« Last-Modified » : renvoyez-les, la réponse est 304 tant que rien n’a changé."
)


@extend_schema_view(
    list=extend_schema(
        summary="Les huit étapes de la méthode, dans l’ordre",
        description=METHOD,
        responses={200: MethodStepSerializer(many=True), **UNCHANGED},
    )
)
class Steps(viewsets.GenericViewSet[Any]):
    permission_classes = (AllowAny,)
    serializer_class = MethodStepSerializer
    queryset = MethodStep.objects.none()

    def list(self, request: Request) -> HttpResponseBase:
        change = last_change()
        if unchanged := kept(request, change, opendata.FORMAT):
            return unchanged
        shown = self.paginate_queryset(opendata.steps())
        answer = self.get_paginated_response(self.get_serializer(shown, many=True).data)
        return stamped(answer, change, opendata.FORMAT)
