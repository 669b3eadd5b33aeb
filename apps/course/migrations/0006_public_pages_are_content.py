from django.db import migrations

WATCH = """
CREATE TRIGGER content_changed AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalogue_content_changed();
"""
# A draft that is saved changes nothing that readers see.
UPDATES = {
    "course_page": "UPDATE OF sheet, kind, number, title, summary, minutes, edition, parts, published_at",
}


class Migration(migrations.Migration):
    dependencies = [("course", "0005_debates"), ("catalogue", "0002_content_has_a_revision")]

    operations = [
        migrations.RunSQL(WATCH.format(table=table, update=update), f"DROP TRIGGER content_changed ON {table}")
        for table, update in UPDATES.items()
    ]
