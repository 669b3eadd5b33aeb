"""The anchor is written by the journal's own trigger and by nothing else; neither table is emptied at once."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION audit_anchor_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Deeper than itself: audit_keep is moving it.
    IF TG_OP <> 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the anchor follows the journal' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_anchor_keep BEFORE INSERT OR UPDATE OR DELETE ON audit_auditanchor
    FOR EACH ROW EXECUTE FUNCTION audit_anchor_keep();
CREATE FUNCTION audit_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is not emptied' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION audit_whole();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit_auditanchor FOR EACH STATEMENT EXECUTE FUNCTION audit_whole();
"""
REMOVED = """
DROP TRIGGER audit_whole ON audit_auditanchor;
DROP TRIGGER audit_whole ON audit_auditentry;
DROP TRIGGER audit_anchor_keep ON audit_auditanchor;
DROP FUNCTION audit_whole();
DROP FUNCTION audit_anchor_keep();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_journal_read_by_subject'),
    ]

    operations = [migrations.RunSQL(GUARDS, REMOVED)]
