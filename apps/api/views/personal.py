"""What belongs to the person who asks. Somebody else's answers 404, like what does not exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import Organisation
from apps.accounts.selectors import organisations_of
from apps.api.serializers.personal import (
    CampaignDetailSerializer,
    CampaignSerializer,
    OrganisationSerializer,
)
from apps.api.serializers.results import ResultSerializer
from apps.diagnostic import selectors
from apps.diagnostic.models import Campaign, Result

STILL_OPEN = "Pas encore de résultat : cette campagne est ouverte."


@extend_schema_view(get=extend_schema(summary="Vos associations, et votre rôle dans chacune"))
@method_decorator(never_cache, name="dispatch")
class Organisations(generics.ListAPIView[Organisation]):
    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()

    def get_queryset(self) -> QuerySet[Organisation]:
        found = organisations_of(self.request.user).annotate(role=F("memberships__role"))
        return found.prefetch_related("fragilities").order_by("name", "pk")


@extend_schema_view(
    list=extend_schema(summary="Les campagnes de vos associations, la plus récente d’abord"),
    retrieve=extend_schema(summary="Une campagne, avec son contexte"),
)
@method_decorator(never_cache, name="dispatch")
class Campaigns(viewsets.ReadOnlyModelViewSet[Campaign]):
    queryset = Campaign.objects.none()
    lookup_value_converter = "uuid"

    def get_serializer_class(self) -> Any:
        return CampaignDetailSerializer if self.action == "retrieve" else CampaignSerializer

    def get_queryset(self) -> QuerySet[Campaign]:
        found = selectors.campaigns_of(self.request.user).order_by("-opened_at", "pk")
        return found.prefetch_related("fragilities", "levels") if self.action == "retrieve" else found


@method_decorator(never_cache, name="dispatch")
class CampaignResult(generics.GenericAPIView[Result]):
    serializer_class = ResultSerializer
    queryset = Result.objects.none()

    @extend_schema(
        summary="Le résultat figé d’une campagne close",
        description="Ce que montrent l’écran et le rapport PDF, rien de plus. 404 tant que la campagne est ouverte.",
    )
    def get(self, request: Request, pk: UUID) -> Response:
        campaign = get_object_or_404(selectors.campaigns_of(request.user), pk=pk)
        result = Result.objects.filter(campaign=campaign).select_related("instrument").first()
        if result is None:
            raise NotFound(STILL_OPEN)
        questionnaire = selectors.questionnaire(result.instrument)
        return Response(self.get_serializer(result, context={"questionnaire": questionnaire}).data)
