"""What programs read: the badge in its three forms, who signs, with which keys, and what is revoked.

Open to the pages of other sites: a wallet or a verifier runs in somebody's browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.course.attestations import baking, credential, keys, selectors, status_list
from apps.course.models import Attestation

View = Callable[..., HttpResponse]
CONTEXT = {"@context": credential.CONTEXT}
JSON_LD = "application/ld+json"
# Looked at again every minute: a revocation is known as soon.
FRESH = "public, max-age=60"


def open_to_all(view: View) -> View:
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, **arguments: Any) -> HttpResponse:
        response = view(request, **arguments)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = FRESH
        return response

    return opened


def json_file(data: Any, content_type: str = "application/json") -> JsonResponse:
    return JsonResponse(
        data, json_dumps_params={"ensure_ascii": False, "indent": 2}, content_type=content_type
    )


@open_to_all
def issuer(request: HttpRequest) -> HttpResponse:
    return json_file(CONTEXT | credential.issuer(), JSON_LD)


@open_to_all
def achievement(request: HttpRequest) -> HttpResponse:
    return json_file(CONTEXT | credential.achievement(), JSON_LD)


@open_to_all
def key_set(request: HttpRequest) -> HttpResponse:
    return json_file({"keys": keys.published()}, "application/jwk-set+json")


@open_to_all
def key(request: HttpRequest, thumbprint: str) -> HttpResponse:
    found = keys.public(thumbprint)
    if found is None:
        raise Http404
    return json_file(found, "application/jwk+json")


@open_to_all
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A list that no attestation is in does not exist, but for the first."""
    if number != 1 and not selectors.is_used(number):
        raise Http404
    indexes = [status_list.place(rank)[1] for rank in selectors.revoked_ranks(number)]
    token = credential.signed(credential.revocations(number, indexes, timezone.now()))
    return HttpResponse(token, content_type="application/vc+jwt")


@open_to_all
def badge(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Only while it is valid: a void badge is not given again."""
    attestation = selectors.find(code)
    if attestation is None or not attestation.is_valid or kind not in WRITERS:
        raise Http404
    response = WRITERS[kind](attestation)
    response["Content-Disposition"] = f'attachment; filename="badge-{attestation.code.lower()}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def readable(attestation: Attestation) -> HttpResponse:
    """The credential in clear, with the claims that were signed; the proof is in the other two."""
    return json_file(keys.payload(attestation.credential))


def compact(attestation: Attestation) -> HttpResponse:
    return HttpResponse(attestation.credential, content_type="text/plain; charset=utf-8")


def baked(attestation: Attestation) -> HttpResponse:
    picture = baking.bake(
        attestation.credential,
        title=credential.NAME,
        description=credential.DESCRIPTION,
        lines=("Parcours Se former", "Le modèle socio-économique", "des associations"),
    )
    return HttpResponse(picture, content_type="image/svg+xml; charset=utf-8")


WRITERS: dict[str, Callable[[Attestation], HttpResponse]] = {"json": readable, "jwt": compact, "svg": baked}
