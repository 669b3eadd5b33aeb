"""The schema as a page: each address in words, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.typography import nbsp

Schema = Mapping[str, Any]
Header = tuple[str, ...]
Row = tuple[str, str, str]
KINDS = {"string": "texte", "integer": "entier", "number": "nombre", "boolean": "vrai ou faux"}
FORMATS = {
    "uuid": "identifiant (UUID)",
    "date": "date (ISO 8601)",
    "date-time": "date et heure (ISO 8601)",
    "uri": "adresse du web",
}
PLACES = {"path": "adresse", "query": "filtre"}


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    path: str
    summary: str
    description: str
    parameters: list[Row]
    what: str
    answer: list[Row]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    note: str
    operations: list[Operation]


def parts(schema: Schema) -> list[Part]:
    """What anyone may read, then what needs an account or a token."""
    opened: list[Operation] = []
    personal: list[Operation] = []
    for path, methods in schema["paths"].items():
        described = methods["get"]
        (opened if {} in described["security"] else personal).append(operation(schema, path, described))
    return [
        Part("Ouvert à tous", "Sans compte ni jeton.", opened),
        Part("Ce qui est à vous", "Avec votre session ou un jeton.", personal),
    ]


def operation(schema: Schema, path: str, described: Schema) -> Operation:
    what, rows = answer(schema, described["responses"]["200"]["content"])
    return Operation(
        name=described["operationId"],
        path=path,
        summary=nbsp(described["summary"]),
        description=nbsp(described.get("description", "")),
        parameters=[parameter(schema, given) for given in described.get("parameters", [])],
        what=what,
        answer=rows,
    )


def answer(schema: Schema, content: Schema) -> tuple[str, list[Row]]:
    """What the table of an answer is called, and its rows: columns of a file, or fields."""
    if "text/csv" in content:
        columns = content["text/csv"]["schema"]["x-columns"]
        return "Les colonnes", [(column["name"], "texte", nbsp(column["description"])) for column in columns]
    shown = resolved(schema, content["application/json"]["schema"])
    is_list = "results" in shown.get("properties", {})
    item = resolved(schema, shown["properties"]["results"]["items"]) if is_list else shown
    rows = [
        (name, kind(schema, field), nbsp(field.get("description", "").partition("\n")[0]))
        for name, field in item["properties"].items()
    ]
    return ("Chaque élément de la liste" if is_list else "La réponse"), rows


def parameter(schema: Schema, given: Schema) -> Row:
    what = f"{kind(schema, given['schema'])}, {PLACES[given['in']]}"
    return given["name"], what, nbsp(given.get("description", ""))


def resolved(schema: Schema, field: Schema) -> Schema:
    """Follows a reference, alone or beside a description."""
    for several in ("allOf", "oneOf"):
        if several in field:
            return resolved(schema, field[several][0])
    if "$ref" not in field:
        return field
    found: Schema = schema["components"]["schemas"][field["$ref"].rpartition("/")[2]]
    return found


def kind(schema: Schema, field: Schema) -> str:
    return "".join(words(schema, field)) + (" ou null" if field.get("nullable") else "")


def words(schema: Schema, field: Schema) -> Iterator[str]:
    found = resolved(schema, field)
    if found["type"] == "array":
        yield f"liste : {kind(schema, found['items'])}"
    elif found["type"] == "object":
        names = ", ".join(found.get("properties", ()))
        yield f"objet ({names})" if names else "objet"
    elif "enum" in found:
        yield ", ".join(value for value in found["enum"] if value)
    else:
        yield FORMATS.get(found.get("format", ""), KINDS[found["type"]])
