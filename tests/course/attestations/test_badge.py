"""The badge, read as a stranger would: with other tools than ours, from what is published."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from defusedxml import ElementTree
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from apps.course.attestations import checks, keys, services, status_list
from apps.course.models import Attestation
from tests.course.attestations.conftest import Holder, holder
from tests.support.client import StrictClient
from trajectoires.settings.badges import kept_key, new_key

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((Path(__file__).parents[2] / "data/open-badge-3.schema.json").read_text())


def unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def header_of(token: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(unpacked(token.split(".")[0]))
    return read


def payload_of(token: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(unpacked(token.split(".")[1]))
    return read


def verified(token: str, jwks: dict[str, Any]) -> dict[str, Any]:
    """By cryptography alone. InvalidSignature, or StopIteration when the key is not among these."""
    head, body, signature = token.split(".")
    jwk = next(jwk for jwk in jwks["keys"] if jwk["kid"] == header_of(token)["kid"])
    n, e = (int.from_bytes(unpacked(jwk[name])) for name in ("n", "e"))
    key = RSAPublicNumbers(e, n).public_key()
    key.verify(unpacked(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return payload_of(token)


@pytest.fixture
def token(visitor: StrictClient, given: Attestation) -> str:
    return str(visitor.get(f"/attestations/{given.code}/badge.jwt").content.decode())


@pytest.fixture
def jwks(visitor: StrictClient) -> dict[str, Any]:
    read: dict[str, Any] = visitor.get("/attestations/cles.json").json()
    return read


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


# What it says


def test_its_payload_has_the_shape_of_an_open_badge_3(token: str) -> None:
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(payload_of(token))) == []


def test_its_claims_say_what_the_credential_says(token: str, given: Attestation) -> None:
    said = payload_of(token)
    assert said["iss"] == said["issuer"]["id"]
    assert said["jti"] == said["id"]
    assert said["sub"] == said["credentialSubject"]["id"]
    assert said["nbf"] == int(given.issued_at.timestamp())
    assert said["id"].endswith(f"/attestations/{given.code}/")
    assert [row["name"].split("\u00a0:")[0] for row in said["evidence"]] == [
        f"Étape {n}" for n in range(1, 8)
    ]


def test_its_header_holds_what_the_specification_allows(token: str) -> None:
    header = header_of(token)
    assert set(header) == {"alg", "kid", "typ"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")


def test_the_mail_is_only_a_hash(
    claire: Holder, given: Attestation, visitor: StrictClient, token: str
) -> None:
    name, mail = payload_of(token)["credentialSubject"]["identifier"]
    assert name["identityHash"] == "Claire Dupont"
    expected = hashlib.sha256(f"claire.dupont@exemple.fr{mail['salt']}".encode()).hexdigest()
    assert mail["identityHash"] == f"sha256${expected}"
    for kind in ("json", "jwt", "svg"):
        content = visitor.get(f"/attestations/{given.code}/badge.{kind}").content.decode()
        assert "claire.dupont" not in content
        assert str(claire.learner.pk) not in content
    assert "claire.dupont" not in json.dumps(payload_of(token))


def test_two_badges_of_one_person_have_nothing_in_common(claire: Holder, given: Attestation) -> None:
    before = payload_of(given.credential)
    services.revoke(attestation=given, reason="Motif.", erase=False)
    after = payload_of(claire.attestation().credential)
    assert before["sub"] != after["sub"]
    hashed = [said["credentialSubject"]["identifier"][1] for said in (before, after)]
    assert hashed[0]["salt"] != hashed[1]["salt"]
    assert hashed[0]["identityHash"] != hashed[1]["identityHash"]


# The proof


def test_its_signature_is_verified_from_the_published_keys(token: str, jwks: dict[str, Any]) -> None:
    assert verified(token, jwks)["name"].startswith("Parcours")


def test_the_key_is_found_at_the_address_in_the_header(
    token: str, jwks: dict[str, Any], visitor: StrictClient
) -> None:
    answer = visitor.get(path(header_of(token)["kid"]))
    assert answer.json() in jwks["keys"]
    assert set(answer.json()) == {"kty", "n", "e", "kid", "alg", "use"}
    assert visitor.get("/attestations/cles/inconnue.json").status_code == 404


@pytest.mark.parametrize("change", [("Claire", "Pierre"), ("revocation", "suspension")])
def test_a_badge_that_was_touched_is_refused(
    token: str, jwks: dict[str, Any], change: tuple[str, str]
) -> None:
    head, body, signature = token.split(".")
    touched = unpacked(body).decode().replace(*change).encode()
    assert touched != unpacked(body)
    forged = f"{head}.{base64.urlsafe_b64encode(touched).rstrip(b'=').decode()}.{signature}"
    with pytest.raises(InvalidSignature):
        verified(forged, jwks)
    with pytest.raises(ValueError, match="not signed by us"):
        keys.payload(forged)


def test_a_badge_of_somebody_else_is_not_ours(
    token: str, jwks: dict[str, Any], settings: LazySettings
) -> None:
    settings.BADGE_SIGNING_KEY = new_key()
    with pytest.raises(ValueError, match="not signed by us"):
        keys.payload(token)
    with pytest.raises(StopIteration):
        verified(keys.sign(b"{}"), jwks)


def test_the_recipe_of_the_page_works(visitor: StrictClient, given: Attestation, tmp_path: Path) -> None:
    page = visitor.get(f"/attestations/{given.code}/").content.decode()
    recipe = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.S)
    assert recipe
    for address, name in (
        (f"/attestations/{given.code}/badge.jwt", "badge.jwt"),
        ("/attestations/cles.json", "cles.json"),
    ):
        (tmp_path / name).write_bytes(visitor.get(address).content)
    done = subprocess.run(
        [sys.executable, "-c", html.unescape(recipe[1])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["credentialSubject"]["identifier"][0]["identityHash"] == "Claire Dupont"


def test_after_a_change_of_key_old_badges_still_verify(
    given: Attestation, visitor: StrictClient, settings: LazySettings
) -> None:
    old = load_pem_private_key(settings.BADGE_SIGNING_KEY.encode(), None)
    public = old.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    settings.BADGE_SIGNING_KEY, settings.BADGE_OLD_PUBLIC_KEYS = new_key(), public
    jwks = visitor.get("/attestations/cles.json").json()
    assert len(jwks["keys"]) == 2
    assert verified(given.credential, jwks)
    assert visitor.get(path(header_of(given.credential)["kid"])).status_code == 200
    fresh = holder("autre@exemple.fr").attestation("Une Autre")
    assert header_of(fresh.credential)["kid"] != header_of(given.credential)["kid"]
    assert verified(fresh.credential, jwks)
    assert visitor.get(f"/attestations/{given.code}/badge.json").json()["id"].endswith(f"{given.code}/")


# The files


def test_the_three_files_say_the_same(visitor: StrictClient, given: Attestation, token: str) -> None:
    answers = {
        kind: visitor.get(f"/attestations/{given.code}/badge.{kind}") for kind in ("json", "jwt", "svg")
    }
    types = {kind: answer["Content-Type"].split(";")[0] for kind, answer in answers.items()}
    assert types == {"json": "application/json", "jwt": "text/plain", "svg": "image/svg+xml"}
    assert answers["json"].json() == payload_of(token)
    for kind, answer in answers.items():
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Content-Disposition"] == f'attachment; filename="badge-{given.code.lower()}.{kind}"'
        assert answer["X-Robots-Tag"] == "noindex"


def test_the_picture_carries_its_proof(visitor: StrictClient, given: Attestation, token: str) -> None:
    content = visitor.get(f"/attestations/{given.code}/badge.svg").content
    picture = ElementTree.fromstring(content)
    baked = picture.findall("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert [element.get("verify") for element in baked] == [token]
    assert list(picture)[0] is baked[0]  # noqa: RUF015 - its place is what is asked
    assert picture.find("{http://www.w3.org/2000/svg}title").text.startswith("Parcours")  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["png", "pdf", "jsonld", ""])
def test_no_other_form_exists(visitor: StrictClient, given: Attestation, kind: str) -> None:
    assert visitor.get(f"/attestations/{given.code}/badge.{kind}").status_code == 404


def test_without_the_code_there_is_no_badge(visitor: StrictClient, given: Attestation) -> None:
    for code in ("ABCD-EFGH-JKLM-NPQR", str(given.pk), given.rank):
        assert visitor.get(f"/attestations/{code}/badge.jwt").status_code == 404


def test_a_void_badge_is_not_given_again(visitor: StrictClient, given: Attestation) -> None:
    services.revoke(attestation=given, reason="Motif.", erase=False)
    for kind in ("json", "jwt", "svg"):
        assert visitor.get(f"/attestations/{given.code}/badge.{kind}").status_code == 404


def test_the_addresses_in_a_badge_lead_somewhere(visitor: StrictClient, token: str) -> None:
    said = payload_of(token)
    issuer = visitor.get(path(said["issuer"]["id"])).json()
    achievement = visitor.get(path(said["credentialSubject"]["achievement"]["id"])).json()
    assert {**issuer, "@context": None} == {**said["issuer"], "@context": None}
    assert {**achievement, "@context": None} == {**said["credentialSubject"]["achievement"], "@context": None}
    assert visitor.get(path(said["id"])).status_code == 200


# Revocation


def bits(token: str) -> bytes:
    encoded = payload_of(token)["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    return gzip.decompress(unpacked(encoded[1:]))


def is_set(token: str, index: int) -> bool:
    return bool(bits(token)[index // 8] & (0x80 >> index % 8))


def test_a_revocation_sets_its_bit_and_no_other(
    visitor: StrictClient, claire: Holder, jwks: dict[str, Any]
) -> None:
    revoked, kept = claire.attestation(), holder("autre@exemple.fr").attestation("Une Autre")
    entry = payload_of(revoked.credential)["credentialStatus"]
    assert not any(bits(visitor.get(path(entry["statusListCredential"])).content.decode()))
    services.revoke(attestation=revoked, reason="Motif.", erase=True)
    answer = visitor.get(path(entry["statusListCredential"]))
    token = answer.content.decode()
    assert is_set(token, int(entry["statusListIndex"]))
    assert not is_set(token, int(payload_of(kept.credential)["credentialStatus"]["statusListIndex"]))
    assert sum(byte.bit_count() for byte in bits(token)) == 1
    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = verified(token, jwks)
    assert said["id"] == entry["statusListCredential"]
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert said["credentialSubject"]["statusPurpose"] == "revocation"
    assert said["issuer"] == payload_of(kept.credential)["issuer"]["id"]


def test_the_list_hides_how_many_there_are(visitor: StrictClient, given: Attestation) -> None:
    assert len(bits(visitor.get("/attestations/statuts/1.jwt").content.decode())) * 8 == 131_072
    ranks = {given.rank, *(holder(f"{n}@exemple.fr").attestation().rank for n in range(4))}
    assert len(ranks) == 5
    assert max(ranks) - min(ranks) > 100  # drawn at random: chances against are one in 10^9


def test_a_full_list_opens_the_next(visitor: StrictClient, given: Attestation) -> None:
    assert visitor.get("/attestations/statuts/2.jwt").status_code == 404
    rank = status_list.draw(lambda rank: False, issued=status_list.SIZE // 2)
    assert status_list.place(rank)[0] == 2
    Attestation.objects.update(rank=status_list.SIZE + 5, revoked_at=given.issued_at, revoked_reason="Motif.")
    assert is_set(visitor.get("/attestations/statuts/2.jwt").content.decode(), 5)
    assert not any(bits(visitor.get("/attestations/statuts/1.jwt").content.decode()))
    assert visitor.get("/attestations/statuts/0.jwt").status_code == 404


def test_a_place_that_is_taken_is_drawn_again() -> None:
    seen: list[int] = []
    rank = status_list.draw(lambda rank: seen.append(rank) or len(seen) < 3, issued=0)
    assert len(seen) == 3
    assert rank == seen[-1]


# The key


@pytest.mark.parametrize(
    "key",
    ["", "n’importe quoi", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"],
    ids=["none", "text", "broken"],
)
def test_a_key_that_signs_nothing_is_told_at_the_start(settings: LazySettings, key: str) -> None:
    settings.BADGE_SIGNING_KEY = key
    with pytest.raises(ImproperlyConfigured, match="BADGE_SIGNING_KEY"):
        keys.ring()
    assert [error.id for error in checks.badge_key()] == ["course.E001"]


def test_a_public_key_does_not_sign(settings: LazySettings) -> None:
    private = load_pem_private_key(settings.BADGE_SIGNING_KEY.encode(), None)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    settings.BADGE_SIGNING_KEY = public
    with pytest.raises(ImproperlyConfigured, match="clé privée"):
        keys.ring()


def test_the_key_of_these_tests_is_right() -> None:
    assert checks.badge_key() == []


def test_no_private_half_is_ever_published(visitor: StrictClient, given: Attestation) -> None:
    private = {"d", "p", "q", "dp", "dq", "qi"}
    for jwk in visitor.get("/attestations/cles.json").json()["keys"]:
        assert not private & set(jwk)


def test_the_key_of_a_folder_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "un/deux/cle.pem"
    first = kept_key(file)
    assert kept_key(file) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in file.parent.iterdir()] == ["cle.pem"]
    assert load_pem_private_key(first.encode(), None).key_size == 2048  # type: ignore[union-attr]
