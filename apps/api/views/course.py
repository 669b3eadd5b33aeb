"""The course, open to all: the seven steps and the board's module, with their whole text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.kept import UNCHANGED, kept, stamped
from apps.api.serializers.course import CourseModuleSerializer, CourseStepSerializer
from apps.catalogue.models import ContentRevision
from apps.catalogue.published import last_change
from apps.course import opendata
from apps.course.enums import PageKind
from apps.course.models import Page

COURSE = (
    "Tout est ouvert, les bonnes réponses des quiz et leurs explications comprises. Avec « ETag » et « Last-Modified » : "
    "renvoyez-les, la réponse est 304 tant que rien n’a changé."
)


def pages(kind: PageKind, change: ContentRevision | None) -> list[opendata.Row]:
    return opendata.pages(kind, str(change.token) if change else "")


@extend_schema_view(
    list=extend_schema(
        summary="Les sept étapes du parcours, dans l’ordre",
        description=COURSE,
        responses={200: CourseStepSerializer(many=True), **UNCHANGED},
    ),
    retrieve=extend_schema(summary="Une étape", responses={200: CourseStepSerializer, **UNCHANGED}),
)
class Steps(viewsets.GenericViewSet[Any]):
    permission_classes = (AllowAny,)
    serializer_class = CourseStepSerializer
    queryset = Page.objects.none()
    lookup_field = "slug"
    lookup_value_regex = r"[-a-zA-Z0-9_]+"

    def list(self, request: Request) -> HttpResponseBase:
        change = last_change()
        if unchanged := kept(request, change, opendata.FORMAT):
            return unchanged
        shown = self.paginate_queryset(pages(PageKind.STEP, change))
        answer = self.get_paginated_response(self.get_serializer(shown, many=True).data)
        return stamped(answer, change, opendata.FORMAT)

    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        change = last_change()
        found = next((row for row in pages(PageKind.STEP, change) if row["slug"] == slug), None)
        if found is None:
            raise Http404
        if unchanged := kept(request, change, opendata.FORMAT):
            return unchanged
        return stamped(Response(self.get_serializer(found).data), change, opendata.FORMAT)


class Module(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="course_module",
        summary="Le module de vingt minutes pour les instances",
        description=COURSE,
        responses={200: CourseModuleSerializer, **UNCHANGED},
    )
    def get(self, request: Request) -> HttpResponseBase:
        change = last_change()
        found = next(iter(pages(PageKind.MODULE, change)), None)
        if found is None:
            raise Http404
        if unchanged := kept(request, change, opendata.FORMAT):
            return unchanged
        return stamped(Response(CourseModuleSerializer(found).data), change, opendata.FORMAT)
