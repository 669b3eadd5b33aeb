"""Open Badges 3.0: what an attestation says to machines, and how it travels (W3C Verifiable Credentials 2.0, VC-JWT).

The recipient is told by her name, as on the paper, and by a salted hash of her mail: whoever knows the mail can check
that the badge is hers, nobody reads the mail in it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from apps.core.figures import emblem
from apps.core.typography import date_long
from apps.course.attestations import addresses, keys, status_list

V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXT = [V2, OB3]
NAME = "Parcours «\u202fSe former\u202f»\u00a0: le modèle socio-économique des associations"
DESCRIPTION = (
    "Atteste qu’une personne a suivi jusqu’au bout le parcours de formation en ligne sur le modèle socio-économique "
    "des associations. Parcours libre, gratuit, sans examen\u00a0: ce n’est pas un diplôme."
)
CRITERIA = (
    "Toutes les étapes du parcours sont terminées. Une étape l’est quand la personne a ouvert toutes ses sections et "
    "répondu à son quiz, quel que soit le score, ou quand elle déclare l’avoir suivie."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and what it is about. ``steps``: as ``Attestation.steps``."""

    id: uuid.UUID
    code: str
    rank: int
    full_name: str
    email: str
    steps: Sequence[Mapping[str, Any]]
    issued_at: datetime


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def issuer() -> dict[str, Any]:
    return {
        "id": addresses.issuer(),
        "type": ["Profile"],
        "name": settings.SITE_NAME,
        "url": addresses.whole("/"),
        "email": settings.CONTACT_EMAIL,
    }


def achievement() -> dict[str, Any]:
    return {
        "id": addresses.achievement(),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "inLanguage": "fr",
        "name": NAME,
        "description": DESCRIPTION,
        "criteria": {"narrative": CRITERIA},
        "image": {"id": emblem.logo().data_uri(), "type": "Image", "caption": emblem.NAME},
    }


def credential(about: Subject) -> dict[str, Any]:
    """The OpenBadgeCredential, before it is signed."""
    return {
        "@context": CONTEXT,
        "id": addresses.attestation(about.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": NAME,
        "issuer": issuer(),
        "validFrom": instant(about.issued_at),
        "credentialSubject": {
            # Names this recipient in this badge only: two badges of one person do not tell that they are hers.
            "id": f"urn:uuid:{uuid.uuid5(about.id, 'subject')}",
            "type": ["AchievementSubject"],
            "identifier": [_named(about.full_name), _hashed(about.email, secrets.token_hex(16))],
            "achievement": achievement(),
        },
        "evidence": [_evidence(step) for step in about.steps],
        "credentialStatus": status_entry(about.rank),
    }


def _named(full_name: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": full_name,
        "identityType": "name",
    }


def _hashed(email: str, salt: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{email.lower()}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _evidence(step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": ["Evidence"],
        "name": f"Étape {step['number']}\u00a0: {step['title']}",
        "narrative": f"Terminée le {date_long(date.fromisoformat(step['done_on']))}.",
    }


def status_entry(rank: int) -> dict[str, Any]:
    number, index = status_list.place(rank)
    address = addresses.status_list(number)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def revocations(number: int, indexes: Sequence[int], at: datetime) -> dict[str, Any]:
    """The status list credential, before it is signed. ``indexes``: places of the revoked in list ``number``."""
    address = addresses.status_list(number)
    return {
        "@context": [V2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer(),
        "validFrom": instant(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status_list.encoded(indexes),
        },
    }


def signed(said: Mapping[str, Any]) -> str:
    """Compact JWS of a credential: the claims that the specification asks for, then the credential itself."""
    claims = {
        "iss": addresses.issuer(),
        "jti": said["id"],
        "nbf": int(datetime.fromisoformat(said["validFrom"]).timestamp()),
        "sub": said["credentialSubject"]["id"],
        **said,
    }
    return keys.sign(json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode())
