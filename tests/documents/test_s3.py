"""The same documents in an S3-compatible bucket, chosen by the environment alone."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from django.utils import timezone
from moto.server import ThreadedMotoServer

from apps.accounts.models import User
from apps.documents import files as stored
from apps.documents import rendering, services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from tests.factories import OrganisationFactory, member
from tests.factories.documents import PDF, document, ready_document
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ENVIRONMENT = {
    "S3_BUCKET": "rapports",
    "S3_REGION": "eu-west-3",
    "S3_ACCESS_KEY": "essai",
    "S3_SECRET_KEY": "essai",
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Any]:
    for name, value in {**ENVIRONMENT, "S3_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    chosen = runpy.run_module("trajectoires.settings.storage")["STORAGES"]["default"]
    settings.STORAGES = {**settings.STORAGES, "default": chosen}
    made = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-west-3",
        aws_access_key_id="essai",
        aws_secret_access_key="essai",
    ).Bucket("rapports")
    create(made)
    yield made
    made.objects.all().delete()
    made.delete()


def create(bucket: Any) -> None:
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})


def keys(bucket: Any) -> list[str]:
    return [item.key for item in bucket.objects.all()]


def test_a_report_is_written_in_the_bucket_and_taken_from_it(
    bucket: Any, client_of: Callable[[User], StrictClient]
) -> None:
    organisation = OrganisationFactory.create()
    waiting = document(organisation)
    assert rendering.render_document(waiting.pk) is True
    waiting.refresh_from_db()
    assert keys(bucket) == [waiting.file.name]
    person = client_of(member(organisation))
    taken = b"".join(person.get(f"/documents/{waiting.pk}/telecharger/").streaming_content)
    assert taken == bucket.Object(waiting.file.name).get()["Body"].read()
    assert taken.startswith(b"%PDF")

    bucket.objects.all().delete()
    assert person.get(f"/documents/{waiting.pk}/telecharger/").status_code == 410


def test_a_missing_bucket_is_a_failure_then_a_retry_works(bucket: Any) -> None:
    bucket.delete()
    waiting = document(attempts=2)
    assert rendering.render_document(waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.FAILED
    create(bucket)
    services.retry(document=waiting)
    assert rendering.render_document(waiting.pk) is True
    assert len(keys(bucket)) == 1


def test_the_purge_lists_the_bucket(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert services.purge_expired() == 0
    kept = ready_document()
    ready_document(expires_at=timezone.now())
    bucket.put_object(Key="documents/orphan.pdf", Body=PDF)
    bucket.put_object(Key="autre-dossier/a.pdf", Body=PDF)
    assert services.purge_expired() == 1
    assert set(keys(bucket)) == {kept.file.name, "documents/orphan.pdf", "autre-dossier/a.pdf"}
    # Two days later; the bucket's own dates cannot be moved.
    later = timezone.now() + timedelta(days=2)
    assert set(stored.written_before(later)) == {kept.file.name, "documents/orphan.pdf"}
    monkeypatch.setattr(services.timezone, "now", lambda: later)
    services.purge_expired()
    assert set(keys(bucket)) == {kept.file.name, "autre-dossier/a.pdf"}
    assert Document.objects.get() == kept
