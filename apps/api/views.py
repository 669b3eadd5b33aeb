"""Read-only views. The catalogue is open; the rest belongs to the person who asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import generics, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Organisation
from apps.accounts.selectors import organisations_of
from apps.api import serializers
from apps.catalogue import selectors as catalogue
from apps.catalogue.models import Fragility, Goal
from apps.diagnostic import selectors as diagnostic
from apps.diagnostic.models import Campaign, Result


@extend_schema_view(
    list=extend_schema(summary="Les 17 ODD"), retrieve=extend_schema(summary="Un ODD, par son numéro")
)
class Goals(viewsets.ReadOnlyModelViewSet[Goal]):
    permission_classes = (AllowAny,)
    serializer_class = serializers.GoalSerializer
    queryset = catalogue.goals_with_links()
    lookup_field = "number"
    lookup_value_regex = r"[0-9]{1,2}"


@extend_schema_view(
    list=extend_schema(summary="Les 16 fragilités"),
    retrieve=extend_schema(summary="Une fragilité, par son code (F01 à F16)"),
)
class Fragilities(viewsets.ReadOnlyModelViewSet[Fragility]):
    permission_classes = (AllowAny,)
    serializer_class = serializers.FragilitySerializer
    queryset = catalogue.fragilities()
    lookup_field = "code"
    lookup_value_regex = r"F[0-9]{2}"


@extend_schema_view(get=extend_schema(summary="Vos associations"))
class Organisations(generics.ListAPIView[Organisation]):
    serializer_class = serializers.OrganisationSerializer
    queryset = Organisation.objects.none()

    def get_queryset(self) -> QuerySet[Organisation]:
        found = organisations_of(self.request.user).annotate(role=F("memberships__role"))
        return found.prefetch_related("fragilities")


class Campaigns(viewsets.ReadOnlyModelViewSet[Campaign]):
    queryset = Campaign.objects.none()
    lookup_value_converter = "uuid"

    def get_serializer_class(self) -> Any:
        detailed = self.action == "retrieve"
        return serializers.CampaignDetailSerializer if detailed else serializers.CampaignSerializer

    def get_queryset(self) -> QuerySet[Campaign]:
        found = diagnostic.campaigns_of(self.request.user)
        return found.prefetch_related("fragilities", "levels") if self.action == "retrieve" else found


@extend_schema_view(get=extend_schema(summary="Le résultat d’une campagne close"))
class CampaignResult(generics.GenericAPIView[Result]):
    serializer_class = serializers.ResultSerializer
    queryset = Result.objects.none()

    def get(self, request: Request, pk: UUID) -> Response:
        """404 for a campaign of somebody else, and for one still open."""
        campaign = get_object_or_404(diagnostic.campaigns_of(request.user), pk=pk)
        results = Result.objects.select_related("instrument").defer("instrument__content")
        result = results.filter(campaign=campaign).first()
        if result is None:
            raise NotFound("Pas encore de résultat : cette campagne est ouverte.")
        questionnaire = diagnostic.questionnaire(result.instrument)
        return Response(self.get_serializer(result, context={"questionnaire": questionnaire}).data)


class Docs(SpectacularSwaggerSplitView):  # type: ignore[misc]
    """Swagger without inline script or style: the page's policy forbids both."""

    url_name = "api:schema"
    template_name = "api/docs.html"
    title = "API"
