"""Every token ends. Those made before without an end are given a year, told a week before like the others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_an_author_writes_cases'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE accounts_apitoken SET expiry = now() + interval '365 days' WHERE expiry IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name='apitoken',
            name='warned_at',
            field=models.DateTimeField(blank=True, help_text='its owner was told that it ends soon', null=True),
        ),
    ]
