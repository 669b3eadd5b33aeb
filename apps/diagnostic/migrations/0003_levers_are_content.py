from django.db import migrations

TABLES = ["diagnostic_lever", "diagnostic_instrument"]
WATCH = """
CREATE TRIGGER content_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalogue_content_changed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_content_has_a_revision"),
        ("diagnostic", "0002_an_effort_is_given_whole"),
    ]

    operations = [
        migrations.RunSQL(WATCH.format(table=table), f"DROP TRIGGER content_changed ON {table}")
        for table in TABLES
    ]
