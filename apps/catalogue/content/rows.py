"""One row of a content file, checked before any table is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, ForeignKey

from apps.catalogue.models import FragilityGoal, Ordered
from apps.catalogue.provenance import PARTS
from apps.core.sources import SourceStatus

Codes = Mapping[type[Ordered], set[str]]


class ContentError(ValueError):
    """The content cannot be published as it is; the message says which row and why, in French."""


@dataclass
class Row:
    """A model instance not yet saved, and its links: name → {target code: weight or ""}."""

    where: str
    instance: Ordered
    links: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.instance.pk

    def check_references(self, codes: Codes) -> None:
        """Every code this row names exists in its table."""
        for key in foreign_keys(type(self.instance)):
            value = getattr(self.instance, key.attname)
            if value is not None:
                self.expect(value, codes[key.related_model])
        for name, targets in self.links.items():
            for target, weight in targets.items():
                self.expect(target, codes[type(self.instance)._meta.get_field(name).related_model])  # type: ignore[index]
                if weight and weight not in dict(FragilityGoal._meta.get_field("weight").flatchoices):
                    raise ContentError(f"{self.where} : le poids « {weight} » n’existe pas.")
        for target in getattr(self.instance, "see", ()):
            self.expect(target, codes[type(self.instance)])

    def expect(self, code: str, known: set[str]) -> None:
        if code not in known:
            raise ContentError(f"{self.where} renvoie à « {code} », qui n’existe pas.")


def foreign_keys(model: type[Ordered]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]


def build(model: type[Ordered], where: str, values: dict[str, Any], links: dict[str, dict[str, str]]) -> Row:
    """The row's instance; refuses what has no source, an unknown key, a value that does not fit."""
    values = dict(values)
    values |= own_source(where, values.pop("source", None))
    values["other_sources"] = {
        part: source_of(f"{where}, {part}", values.pop(key))
        for key, part in [(k, k.removesuffix("_source")) for k in values if k.endswith("_source")]
    }
    if unknown := set(values["other_sources"]) - set(PARTS):
        raise ContentError(f"{where} : provenance inconnue ({', '.join(sorted(unknown))}).")
    known = {f.attname: f for f in model._meta.concrete_fields}
    if unknown := set(values) - set(known):
        raise ContentError(f"{where} : champ inconnu ({', '.join(sorted(unknown))}).")
    # YAML reads 2030 as a number where the table holds a text.
    texts = {
        k: str(v) if isinstance(v, int) and isinstance(known[k], CharField) else v for k, v in values.items()
    }
    instance = model(**texts)
    try:
        instance.clean_fields(exclude={f.name for f in foreign_keys(model)})
    except ValidationError as error:
        raise ContentError(f"{where} : {error.message_dict}") from error
    return Row(where, instance, links)


def own_source(where: str, source: Any) -> dict[str, str]:
    checked = source_of(where, source)
    return {
        "status": checked["status"],
        **{f"source_{key}": checked[key] for key in ("label", "year", "url")},
    }


def source_of(where: str, source: Any) -> dict[str, str]:
    """{status, label, year, url}, all text; no row and no part of a row goes without."""
    if not isinstance(source, dict) or not source.get("label"):
        raise ContentError(f"{where} : la source manque.")
    if source.get("status") not in SourceStatus.values:
        raise ContentError(f"{where} : le statut « {source.get('status')} » n’existe pas.")
    if unknown := set(source) - {"status", "label", "year", "url"}:
        raise ContentError(f"{where} : champ inconnu dans la source ({', '.join(sorted(unknown))}).")
    return {key: str(source.get(key, "")) for key in ("status", "label", "year", "url")}
