"""The platform's seal on a PDF (PAdES): whoever opens the file sees whether a letter of it was changed since.

The certificate is our own, made of the key that signs attestations: it proves that the file left this platform, not
who the people are. Their names are in the text.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from apps.course.attestations import keys

FIELD = "Cachet"
REASON = "Cachet de la plateforme : le texte et les signatures sont ceux du jour du scellement."
# A fixed life: the same key gives the same certificate.
FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2056, 1, 1, tzinfo=UTC)
HIDDEN = 134  # hidden, printed, locked: PDF/UA asks nothing more of a field that nobody sees


def seal(pdf: bytes) -> bytes:
    """The same file with a seal added after it: its pages are untouched."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, box=None))
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/F"] = generic.NumberObject(HIDDEN)  # type: ignore[no-untyped-call]
    field["/TU"] = generic.pdf_string("Cachet de la plateforme")
    writer.update_container(field)
    said = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=REASON,
        name=settings.SITE_NAME,
    )
    sealed: io.BytesIO = signers.sign_pdf(writer, said, signer=signer())
    return sealed.getvalue()


def signer() -> signers.SimpleSigner:
    return _signer(keys.ring().signing.as_pem(private=True))


@lru_cache(maxsize=2)
def _signer(pem: bytes) -> signers.SimpleSigner:
    key = serialization.load_pem_private_key(pem, password=None)
    assert isinstance(key, RSAPrivateKey)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=certificate(key),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )


def certificate(key: RSAPrivateKey) -> asn1_x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, settings.SITE_NAME[:64])])
    identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(identity.digest[:16]))
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(identity, critical=False)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
