"""Completes the OpenAPI schema with the answers every address can give."""

from typing import Any

from apps.api.errors import STATUSES

ERROR = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}


def document_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """drf-spectacular's post-processing hook."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    for path in result["paths"].values():
        for operation in path.values():
            for status, description in STATUSES.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
    return result
