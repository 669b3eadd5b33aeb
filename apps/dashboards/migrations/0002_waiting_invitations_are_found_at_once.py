from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    atomic = False  # associations are invited meanwhile

    dependencies = [("dashboards", "0001_releases_and_programmes")]

    operations = [
        AddIndexConcurrently(
            model_name="programmeinvitation",
            index=models.Index(
                Lower("email"), condition=models.Q(("answer", "")), name="programme_invitations_waiting"
            ),
        ),
    ]
