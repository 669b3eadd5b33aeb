from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # attestations are given meanwhile

    dependencies = [("course", "0006_public_pages_are_content")]

    operations = [
        AddIndexConcurrently(
            model_name="attestation",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", False)),
                fields=["rank"],
                name="attestations_revoked",
            ),
        ),
    ]
