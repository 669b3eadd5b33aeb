"""The badge, judged by a maintained library of Open Badges that knows nothing of ours (openbadgeslib, LGPL, tests only)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from apps.course.attestations import keys, services
from apps.course.models import Attestation
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier() -> OB3Verifier:
    public = keys.ring().signing.public_key
    return OB3Verifier(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_it_reads_and_verifies_the_picture(
    visitor: StrictClient, given: Attestation, verifier: OB3Verifier
) -> None:
    picture = visitor.get(f"/attestations/{given.code}/badge.svg").content
    read = verifier.verify(verifier.extract_token_from_svg(picture))
    assert read.achievement.achievement_type == "CertificateOfCompletion"
    assert read.identifiers[0].identity_hash == "Claire Dupont"
    assert len(read.evidence) == len(given.steps)


def test_it_sees_a_revocation(visitor: StrictClient, given: Attestation, verifier: OB3Verifier) -> None:
    def download(address: str) -> bytes:
        return bytes(visitor.get("/" + address.split("/", 3)[3]).content)

    read = verifier.verify(given.credential)
    # It asks for https, which a test has not: the list itself is what it judges.
    for entry in read.credential_status:
        entry["statusListCredential"] = entry["statusListCredential"].replace("http://", "https://")
    verifier.check_status(read, download=download)
    services.revoke(attestation=given, reason="Motif.", erase=False)
    with pytest.raises(OB3VerificationError, match="is set at index"):
        verifier.check_status(read, download=download)
