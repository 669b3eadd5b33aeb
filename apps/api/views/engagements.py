"""The démarches where the person holds a seat: what she reads on the screens, nothing more."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets

from apps.api.serializers.engagements import EngagementDetailSerializer, EngagementSerializer
from apps.methodology.access import RIGHTS, held_seats
from apps.methodology.dossier import reading
from apps.methodology.models import Seat


@extend_schema_view(
    list=extend_schema(summary="Les démarches où vous avez une place, la plus récente d’abord"),
    retrieve=extend_schema(
        summary="Une démarche, avec tout ce que l’équipe a écrit",
        description="Un réseau qui suit n’en lit que l’état des étapes et leurs dates : le reste vaut null.",
    ),
)
@method_decorator(never_cache, name="dispatch")
class Engagements(viewsets.ReadOnlyModelViewSet[Seat]):
    queryset = Seat.objects.none()
    lookup_field = "engagement_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    def get_serializer_class(self) -> Any:
        return EngagementDetailSerializer if self.action == "retrieve" else EngagementSerializer

    def get_queryset(self) -> QuerySet[Seat]:
        seats = held_seats(self.request.user).select_related("engagement__organisation")
        return seats.order_by("-engagement__opened_at", "pk")

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """A démarche is read whole, at once; for a network, its steps alone."""
        if self.action == "retrieve" and args:
            seat: Seat = args[0]
            reads = "read" in RIGHTS[seat.role]
            read = reading.read if reads else reading.path
            context = {**self.get_serializer_context(), "reads": reads, "contents": read(seat.engagement)}
            return EngagementDetailSerializer(seat, context=context)
        return super().get_serializer(*args, **kwargs)
