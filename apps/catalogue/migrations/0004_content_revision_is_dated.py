from django.db import migrations, models
from django.utils import timezone

# The row is locked when clock_timestamp() is read: moments follow the order of the tokens.
FUNCTION = """
CREATE OR REPLACE FUNCTION catalogue_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_contentrevision (id, token, changed_at)
    VALUES (1, gen_random_uuid(), clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token, changed_at = clock_timestamp();
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION catalogue_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_contentrevision (id, token) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_a_case_tells_where_and_how")]

    operations = [
        migrations.AddField(
            "contentrevision", "changed_at", models.DateTimeField(default=timezone.now)
        ),
        migrations.RunSQL(FUNCTION, BEFORE),
    ]
