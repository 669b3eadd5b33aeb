"""Releases: the national ones for everybody; with a session or a token, also those of the person's programmes."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.kept import UNCHANGED
from apps.api.pagination import Pages
from apps.api.serializers.releases import ReleaseSerializer
from apps.dashboards.models import Release
from apps.dashboards.selectors import readable_releases

FORMAT = 1  # raised when the same release would be given in another shape
ABOUT = (
    "Des tableaux protégés, ceux de la page : nombres arrondis à 5 près, petits groupes masqués, règles dans la fiche de "
    "confidentialité. Une publication ne change plus. Avec un jeton, aussi celles des programmes que vous lisez. Avec "
    "« ETag » : renvoyez-le, la réponse est 304 tant que rien n’a changé."
)


class ReleasePages(Pages):
    """A release is read whole: fewer of them a page."""

    page_size = 10
    max_page_size = 40


@extend_schema_view(
    list=extend_schema(
        summary="Les publications, la plus récente d’abord",
        description=ABOUT,
        responses={200: ReleaseSerializer(many=True), **UNCHANGED},
    ),
    retrieve=extend_schema(
        summary="Une publication, avec ses tableaux",
        description=ABOUT,
        responses={200: ReleaseSerializer, **UNCHANGED},
    ),
)
class Releases(viewsets.GenericViewSet[Release]):
    permission_classes = (AllowAny,)
    serializer_class = ReleaseSerializer
    pagination_class = ReleasePages
    queryset = Release.objects.none()
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Release]:
        found = readable_releases(self.request.user)
        return found.select_related("programme").prefetch_related("tables")

    def list(self, request: Request) -> HttpResponseBase:
        shown = self.paginate_queryset(self.get_queryset())
        return kept(request, self.get_paginated_response(self.get_serializer(shown, many=True).data))

    def retrieve(self, request: Request, id: UUID) -> HttpResponseBase:
        found = get_object_or_404(self.get_queryset(), pk=id)
        return kept(request, Response(self.get_serializer(found).data))


def kept(request: Request, answer: Response) -> HttpResponseBase:
    """Named by what it says: an ETag tells no more than the answer. 304 for who has it already."""
    said: Any = json.dumps([FORMAT, answer.data], sort_keys=True, default=str)
    tag = f'"{hashlib.sha256(said.encode()).hexdigest()}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request._request, etag=tag)
    told = unchanged or answer
    told["ETag"] = tag
    told["Cache-Control"] = "private, no-cache" if request.user.is_authenticated else "no-cache"
    patch_vary_headers(told, ["Authorization", "Cookie"])
    return told
