from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # people ask for reports meanwhile

    dependencies = [("documents", "0002_a_document_has_one_audience")]

    operations = [
        AddIndexConcurrently(
            model_name="document",
            index=models.Index(
                condition=models.Q(("state__in", ["requested", "rendering", "failed"])),
                fields=["state"],
                name="documents_unfinished",
            ),
        ),
    ]
