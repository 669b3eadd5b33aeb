from django.db import migrations, models

# By triggers rather than signals: a bulk write, an SQL console, a restored table count as well.
FUNCTION = """
CREATE FUNCTION catalogue_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_contentrevision (id, token) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
END $$;
"""
WATCH = """
CREATE TRIGGER content_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION catalogue_content_changed();
"""
TABLES = [
    f"catalogue_{name}"
    for name in (
        "region department legalform sizeclass pillar level goal fragilityfamily fragility fragilitygoal "
        "ecosystemmodel ecosysteminteraction actorsphere actorprofile partnershiptype evaluationapproach "
        "professionalsituation trajectoryhorizon trajectoryrow referencepoint glossaryterm door "
        "resourcefamily resource resource_pillars resource_fragilities resource_goals"
    ).split()
]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial_schema")]

    operations = [
        migrations.CreateModel(
            name="ContentRevision",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False, default=1)),
                ("token", models.UUIDField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(id=1), name="one_content_revision")]
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalogue_content_changed()"),
        *(
            migrations.RunSQL(WATCH.format(table=table), f"DROP TRIGGER content_changed ON {table}")
            for table in TABLES
        ),
    ]
