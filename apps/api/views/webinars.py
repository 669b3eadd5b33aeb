"""The library, open to all: cases, people, organisations, and the whole in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api import facets
from apps.api.kept import UNCHANGED, stamped
from apps.api.serializers.webinars import (
    CitedOrganisationSerializer,
    PersonSerializer,
    WebinarDumpSerializer,
    WebinarFilters,
    WebinarSerializer,
)
from apps.catalogue.published import last_change
from apps.webinars import dumps, opendata
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.search import find

SLUG = r"[-a-zA-Z0-9_]+"
MOVED = {301: OpenApiResponse(description="Fusionnée : l’adresse de la fiche gardée")}
FILTERS = (
    "Plusieurs valeurs d’un même filtre élargissent (l’une ou l’autre), plusieurs filtres resserrent. "
    "Les champs marqués « Proposition pédagogique » sont notre lecture, le reste vient de la source citée."
)


@extend_schema_view(
    list=extend_schema(
        summary="Les cas de la bibliothèque, le plus récent d’abord",
        description=FILTERS,
        parameters=[WebinarFilters],
    ),
    retrieve=extend_schema(summary="Un cas"),
)
class Webinars(viewsets.GenericViewSet[Any]):
    permission_classes = (AllowAny,)
    serializer_class = WebinarSerializer
    queryset = Webinar.objects.none()
    lookup_field = "slug"
    lookup_value_regex = SLUG

    def list(self, request: Request) -> Response:
        filters = facets.asked(request.query_params)
        found = find(request.query_params.get("q", ""), filters)
        shown: Any = self.paginate_queryset(found.ids)
        rows = {row.pk: row for row in opendata.public().filter(pk__in=shown)}
        cases = opendata.cases([rows[pk] for pk in shown if pk in rows])
        return self.get_paginated_response(self.get_serializer(cases, many=True).data)

    def retrieve(self, request: Request, slug: str) -> Response:
        webinar = get_object_or_404(opendata.public(), slug=slug)
        return Response(self.get_serializer(*opendata.cases([webinar])).data)


class Cited(viewsets.GenericViewSet[Any]):
    """People or organisations: ``get_queryset`` reads them, ``shown`` gives their public side."""

    permission_classes = (AllowAny,)
    lookup_field = "slug"
    lookup_value_regex = SLUG

    def shown(self, rows: Any) -> list[opendata.Row]:
        raise NotImplementedError

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(self.shown(page), many=True).data)

    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        found = self.get_queryset().filter(slug=slug).first()
        if found is None:
            kept = get_object_or_404(self.get_queryset(), merged__slug=slug)
            return HttpResponsePermanentRedirect(reverse(f"api:{self.basename}-detail", args=[kept.slug]))
        return Response(self.get_serializer(*self.shown([found])).data)


@extend_schema_view(
    list=extend_schema(summary="Les personnes qui ont témoigné, par nom"),
    retrieve=extend_schema(
        summary="Une personne, et ses interventions", responses={200: PersonSerializer, **MOVED}
    ),
)
class Persons(Cited):
    serializer_class = PersonSerializer
    queryset = Person.objects.none()

    def get_queryset(self) -> QuerySet[Person]:
        return opendata.people()

    def shown(self, rows: Any) -> list[opendata.Row]:
        return opendata.persons_shown(rows)


@extend_schema_view(
    list=extend_schema(summary="Les organisations qui ont témoigné, par nom"),
    retrieve=extend_schema(
        summary="Une organisation, et qui a parlé pour elle",
        responses={200: CitedOrganisationSerializer, **MOVED},
    ),
)
class CitedOrganisations(Cited):
    serializer_class = CitedOrganisationSerializer
    queryset = CitedOrganisation.objects.none()

    def get_queryset(self) -> QuerySet[CitedOrganisation]:
        return opendata.organisations()

    def shown(self, rows: Any) -> list[opendata.Row]:
        return opendata.organisations_shown(rows)


class TheAddressSays(BaseContentNegotiation):
    """A file has one format, whatever the program says it accepts; errors are in JSON."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]


class Dump(APIView):
    """The whole library, sent as it is read. Kept copies are told whether anything changed."""

    permission_classes = (AllowAny,)
    content_negotiation_class = TheAddressSays
    content_type: ClassVar[str]
    filename: ClassVar[str]

    def write(self, changed_at: datetime) -> Iterator[str]:
        raise NotImplementedError

    def get(self, request: Request) -> HttpResponseBase:
        change = last_change()
        moment = change.changed_at if change else timezone.now()
        # The revision is read before the rows: a change in between gives a copy that the next visit replaces.
        content = () if request.method == "HEAD" else self.write(moment)
        response = StreamingHttpResponse(content, content_type=self.content_type)
        response["Content-Disposition"] = f'attachment; filename="{self.filename}"'
        response["Link"] = f'<{opendata.LICENCE["url"]}>; rel="license"'
        stamped(response, change, dumps.FORMAT)
        if change is None:
            return response
        conditional: Any = get_conditional_response  # its stub knows no stream
        told: HttpResponseBase = conditional(request, response["ETag"], int(moment.timestamp()), response)
        return told


def table(columns: list[dumps.Column]) -> dict[tuple[int, str], dict[str, Any]]:
    """A CSV file in the schema; its columns are ours to tell."""
    told = [{"name": column.name, "description": column.about} for column in columns]
    return {(200, "text/csv"): {"type": "string", "x-columns": told}}


@extend_schema_view(
    get=extend_schema(
        operation_id="webinars_json",
        summary="Toute la bibliothèque, en JSON",
        description="Un seul fichier, tel que donné par la liste des cas. Avec « ETag » et « Last-Modified ».",
        responses={200: WebinarDumpSerializer, **UNCHANGED},
    )
)
class WebinarsJson(Dump):
    content_type = "application/json"
    filename = "webinars.json"

    def write(self, changed_at: datetime) -> Iterator[str]:
        return dumps.as_json(changed_at)


CSV = (
    "Séparateur « ; », UTF-8 avec marque d’ordre (BOM), une ligne physique par ligne du tableau. "
    "Une cellule qui commencerait comme une formule est précédée d’une apostrophe."
)


@extend_schema_view(
    get=extend_schema(
        operation_id="webinars_csv",
        summary="Les cas, pour un tableur",
        description=f"{CSV} Plusieurs valeurs d’une cellule sont séparées par « | ». Le détail (regards, modèle) est dans le JSON.",
        responses={**table(dumps.columns(dumps.CASES)), **UNCHANGED},
    )
)
class WebinarsCsv(Dump):
    content_type = "text/csv; charset=utf-8"
    filename = "webinars.csv"

    def write(self, changed_at: datetime) -> Iterator[str]:
        return dumps.cases_csv(changed_at)


@extend_schema_view(
    get=extend_schema(
        operation_id="speakers_csv",
        summary="Les interventions, pour un tableur",
        description=f"{CSV} Une ligne par personne et par cas.",
        responses={**table(dumps.columns(dumps.SPEAKERS)), **UNCHANGED},
    )
)
class SpeakersCsv(Dump):
    content_type = "text/csv; charset=utf-8"
    filename = "speakers.csv"

    def write(self, changed_at: datetime) -> Iterator[str]:
        return dumps.speakers_csv(changed_at)
