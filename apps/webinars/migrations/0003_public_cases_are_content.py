from django.db import migrations

WATCH = """
CREATE TRIGGER content_changed AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalogue_content_changed();
"""
# A draft that is saved changes nothing that readers see: only the columns of the public case count.
UPDATES = {
    "webinars_webinar": "UPDATE OF sheet, tags, title, short_title, teaser, date, search, published_at",
    "webinars_appearance": "UPDATE",
    "webinars_person": "UPDATE",
    "webinars_citedorganisation": "UPDATE",
}


class Migration(migrations.Migration):
    dependencies = [("webinars", "0002_search_in_french"), ("catalogue", "0002_content_has_a_revision")]

    operations = [
        migrations.RunSQL(WATCH.format(table=table, update=update), f"DROP TRIGGER content_changed ON {table}")
        for table, update in UPDATES.items()
    ]
