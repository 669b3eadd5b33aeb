"""The platform's keys: one signs, all verify. Each is named by the address where its public half is found."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from apps.course.attestations import addresses

# What Open Badges 3.0 asks every issuer and every verifier to support.
ALGORITHM = "RS256"
LEAST_BITS = 2048
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ring:
    signing: RSAKey
    all: dict[str, RSAKey]  # by thumbprint, the signing one first


def ring() -> Ring:
    """ImproperlyConfigured when BADGE_SIGNING_KEY signs nothing or an old key cannot be read."""
    return _ring(settings.BADGE_SIGNING_KEY, settings.BADGE_OLD_PUBLIC_KEYS)


@lru_cache(maxsize=4)
def _ring(signing: str, old: str) -> Ring:
    key = _read(signing, "BADGE_SIGNING_KEY")
    if not key.is_private:
        raise ImproperlyConfigured("BADGE_SIGNING_KEY : il faut une clé privée RSA, en PEM.")
    keys = [key, *(_read(pem, "BADGE_OLD_PUBLIC_KEYS") for pem in _PEM.findall(old))]
    return Ring(key, {known.thumbprint(): known for known in keys})


def _read(pem: str, name: str) -> RSAKey:
    try:
        key = RSAKey.import_key(pem)
    except (JoseError, ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name} : cette valeur n’est pas une clé RSA en PEM.") from error
    if key.public_key.key_size < LEAST_BITS:
        raise ImproperlyConfigured(f"{name} : une clé RSA compte au moins {LEAST_BITS} bits.")
    return key


def sign(payload: bytes) -> str:
    """Compact JWS. Its header holds what the specification allows, nothing else."""
    key = ring().signing
    header = {"alg": ALGORITHM, "kid": addresses.key(key.thumbprint()), "typ": "JWT"}
    return jws.serialize_compact(header, payload, key)


def public(thumbprint: str) -> dict[str, Any] | None:
    """The JWK of one of our keys, without its private half; None for a key that is not ours."""
    key = ring().all.get(thumbprint)
    if key is None:
        return None
    own = key.as_dict(private=False)
    return {
        **{name: own[name] for name in ("kty", "n", "e")},
        "kid": addresses.key(thumbprint),
        "alg": ALGORITHM,
        "use": "sig",
    }


def published() -> list[dict[str, Any]]:
    return [jwk for thumbprint in ring().all if (jwk := public(thumbprint))]


def payload(token: str) -> dict[str, Any]:
    """What one of our tokens says. ValueError when none of our keys signed it as it is."""
    for key in ring().all.values():
        try:
            read = jws.deserialize_compact(token, key, algorithms=[ALGORITHM])
        except JoseError:
            continue
        said: dict[str, Any] = json.loads(read.payload)
        return said
    raise ValueError("not signed by us")
