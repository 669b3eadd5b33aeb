"""What anyone reads of a release: its protected tables, key by key. Only what is listed here goes out.

Serializers carry comments, not docstrings: drf-spectacular publishes those in the schema, which speaks French.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.dashboards.models import Release
from apps.dashboards.releases import numbers
from apps.dashboards.releases.numbers import OF_KIND, Protected
from apps.dashboards.tables import Kind

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}


def described(about: str, **properties: Any) -> dict[str, Any]:
    """An object that has all of these properties and no other."""
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# A cell says what it may: « n » and its values only where it is shown.
CELL = {
    "type": "object",
    "description": (
        "« state » : shown, hidden (masqué), zero (aucune), missing (pas de donnée). Une case masquée n’a que lui. "
        "« n » : associations, à 5 près. « share » : pour cent ; « mean » : sur 100 ; « low », « high », « band » : "
        "tranche d’euros ; « q1 » à « q3 » : quarts. « since » : la publication dont elle garde la valeur."
    ),
    "properties": {
        "state": {"type": "string", "enum": list(numbers.STATES)},
        "n": WHOLE,
        **{name: TEXT if name == "band" else WHOLE for name in numbers.VALUES},
        "since": TEXT,
    },
    "required": ["state"],
    "additionalProperties": False,
}
TABLE = described(
    "",
    key=TEXT,
    title=TEXT,
    says={**TEXT, "description": "Ce que le tableau compte"},
    kind={"type": "string", "enum": [str(kind) for kind in Kind]},
    columns={"type": "array", "items": described("", key=TEXT, label=TEXT)},
    rows={
        "type": "array",
        "items": described(
            "",
            key=TEXT,
            label=TEXT,
            labels={
                "type": "object",
                "additionalProperties": TEXT,
                "description": "Le nom de chaque colonne dans cette ligne",
            },
            cells={"type": "object", "additionalProperties": CELL, "description": "Par clé de colonne"},
        ),
    },
    total={
        **described("", n=WHOLE),
        "nullable": True,
        "description": "Somme des nombres publiés, déjà arrondis",
    },
    hidden={**WHOLE, "description": "Combien de cases sont masquées"},
)
TABLES = {"type": "array", "items": TABLE, "description": "Les tableaux protégés, dans l’ordre de la page"}


def table(stored: Protected) -> dict[str, Any]:
    """Copied key by key: what a table would hold beside stays in."""
    columns = [{"key": one["key"], "label": one["label"]} for one in stored["columns"]]
    total = stored.get("total")
    return {
        "key": stored["key"],
        "title": stored["title"],
        "says": stored["says"],
        "kind": stored["kind"],
        "columns": columns,
        "rows": [row(one, columns, stored["kind"]) for one in stored["rows"]],
        "total": {"n": total["n"]} if total else None,
        "hidden": stored["hidden"],
    }


def row(stored: Protected, columns: list[dict[str, str]], kind: str) -> dict[str, Any]:
    names = stored.get("labels", {})
    return {
        "key": stored["key"],
        "label": stored["label"],
        "labels": {one["key"]: names.get(one["key"], one["label"]) for one in columns},
        "cells": {one["key"]: cell(stored["cells"][one["key"]], kind) for one in columns},
    }


def cell(stored: Protected, kind: str) -> dict[str, Any]:
    state = stored["state"]
    if state == "shown":
        names = ("n", *OF_KIND[kind], "since")
        return {"state": state, **{name: stored[name] for name in names if name in stored}}
    return {"state": state, "n": 0} if state == "zero" else {"state": state}


class ReleaseSerializer(serializers.Serializer[Release]):
    id = serializers.UUIDField()
    date = serializers.SerializerMethodField(help_text="Le jour où elle a paru")
    version = serializers.IntegerField(help_text="Monte si le même trimestre paraît de nouveau")
    url = serializers.SerializerMethodField(help_text="La page, pour tout le monde")
    title = serializers.SerializerMethodField()
    headline = serializers.CharField(help_text="Ce que les chiffres disent, en une phrase ; peut être vide")
    scope = serializers.SerializerMethodField(
        help_text="« national », ou « programme » pour les associations qui ont donné leur accord à un programme"
    )
    programme = serializers.SerializerMethodField(help_text="Le nom du programme, null pour tout le pays")
    quarter = serializers.SerializerMethodField(help_text="« 2026-t3 » : le 3e trimestre 2026")
    is_demo = serializers.BooleanField(help_text="Associations inventées : chiffres sans valeur")
    tables = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "date"})
    def get_date(self, release: Release) -> str:
        return numbers.heading(release).on.isoformat()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, release: Release) -> str:
        return numbers.heading(release).url

    def get_title(self, release: Release) -> str:
        return numbers.heading(release).title

    @extend_schema_field({"type": "string", "enum": ["national", "programme"]})
    def get_scope(self, release: Release) -> str:
        return "programme" if release.programme_id else "national"

    @extend_schema_field({"type": "string", "nullable": True})
    def get_programme(self, release: Release) -> str | None:
        return release.programme.name if release.programme else None

    def get_quarter(self, release: Release) -> str:
        return release.quarter.slug

    @extend_schema_field(TABLES)
    def get_tables(self, release: Release) -> list[dict[str, Any]]:
        return [table(one) for one in numbers.protected(release)]
