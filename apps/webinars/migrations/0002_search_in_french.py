from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Accents fall before the stemmer: « précarité » and « precarite » are one word. The simple twin keeps whole
# words, for prefixes: the French stemmer cuts an unfinished word in its own way.
CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION library_french (COPY = french);
ALTER TEXT SEARCH CONFIGURATION library_french
    ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION library_simple (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION library_simple
    ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart WITH unaccent, simple;
"""
REMOVED = """
DROP TEXT SEARCH CONFIGURATION library_french;
DROP TEXT SEARCH CONFIGURATION library_simple;
"""
# GiST rather than GIN: it gives the nearest word first.
WORDS = "CREATE INDEX webinars_searchword_trigrams ON webinars_searchword USING gist (word gist_trgm_ops)"


class Migration(migrations.Migration):
    dependencies = [("webinars", "0001_initial_schema")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATIONS, REMOVED),
        migrations.RunSQL(WORDS, "DROP INDEX webinars_searchword_trigrams"),
    ]
