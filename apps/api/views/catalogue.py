"""The catalogue, open to all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from apps.api.serializers.catalogue import FragilityFilters, FragilitySerializer, GoalSerializer
from apps.catalogue import selectors
from apps.catalogue.models import Fragility, Goal


@extend_schema_view(
    list=extend_schema(summary="Les 17 ODD"), retrieve=extend_schema(summary="Un ODD, par son numéro")
)
class Goals(viewsets.ReadOnlyModelViewSet[Goal]):
    permission_classes = (AllowAny,)
    serializer_class = GoalSerializer
    queryset = selectors.goals_with_links()
    lookup_field = "number"
    lookup_value_regex = r"[0-9]{1,2}"


@extend_schema_view(
    list=extend_schema(summary="Les 16 fragilités", parameters=[FragilityFilters]),
    retrieve=extend_schema(summary="Une fragilité, par son code (F01 à F16)"),
)
class Fragilities(viewsets.ReadOnlyModelViewSet[Fragility]):
    permission_classes = (AllowAny,)
    serializer_class = FragilitySerializer
    queryset = selectors.fragilities()
    lookup_field = "code"
    lookup_value_regex = r"F[0-9]{2}"

    def get_queryset(self) -> QuerySet[Fragility]:
        found = super().get_queryset()
        return found.filter(**asked(self.request)) if self.action == "list" else found


def asked(request: Request) -> dict[str, Any]:
    """The filters of the address, by column. ValidationError when one makes no sense."""
    filters = FragilityFilters(data=request.query_params)
    filters.is_valid(raise_exception=True)
    columns = {"goal": "goals__number", "family": "family_id"}
    return {columns[name]: value for name, value in filters.validated_data.items()}
