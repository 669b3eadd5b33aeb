"""The chain is made by PostgreSQL: no code of ours can write an entry out of it, change one, or take a recent one away."""

import django.utils.timezone
from django.db import migrations, models

# What is hashed after the previous hash. An array of JSON: no two entries give the same text.
TEXT = """jsonb_build_array({row}.number, to_char({row}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), {row}.event,
    {row}.actor, {row}.as_support, {row}.subject, {row}.details, {row}.address_hash, {row}.request_id)::text"""
LOCK = 7_204_118

CHAIN = f"""
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    -- Held until the transaction ends: the next entry reads this one, or nothing when it was given up.
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT number, hash INTO last FROM audit_auditentry ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT number, hash INTO last FROM audit_auditanchor ORDER BY number DESC LIMIT 1;
    END IF;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous := coalesce(last.hash, sha256(''::bytea));
    NEW.hash := sha256(NEW.previous || convert_to({TEXT.format(row="NEW")}, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""
KEEP = """
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '1 year' THEN
        INSERT INTO audit_auditanchor (id, number, hash) VALUES (1, OLD.number, OLD.hash)
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash
        WHERE audit_auditanchor.number < excluded.number;
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit entries are kept as they were written' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_keep();
"""
REMOVED = """
DROP TRIGGER audit_chain ON audit_auditentry;
DROP TRIGGER audit_keep ON audit_auditentry;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_keep();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(help_text='of the last entry that went')),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('event', models.CharField(choices=[('signed_in', 'connexion'), ('sign_in_failed', 'connexion refusée'), ('signed_out', 'déconnexion'), ('signed_up', 'compte créé'), ('session_ended', 'session fermée à distance'), ('password_changed', 'mot de passe changé'), ('email_changed', 'adresse changée'), ('factor_added', 'seconde protection ajoutée'), ('factor_removed', 'seconde protection retirée'), ('recovery_codes_made', 'codes de secours refaits'), ('token_created', 'jeton d’API créé'), ('token_deleted', 'jeton d’API supprimé'), ('profile_corrected', 'nom corrigé'), ('member_joined', 'membre arrivé'), ('member_left', 'membre parti ou retiré'), ('role_changed', 'rôle changé'), ('seat_changed', 'place dans une démarche changée'), ('platform_role_given', 'rôle de plateforme donné'), ('platform_role_taken', 'rôle de plateforme retiré'), ('consent_given', 'accord donné'), ('consent_withdrawn', 'accord retiré'), ('objection', 'refus d’être compté'), ('objection_lifted', 'refus d’être compté levé'), ('export_asked', 'copie des données demandée'), ('export_taken', 'copie des données emportée'), ('erased', 'compte effacé'), ('closure_asked', 'fermeture d’association demandée'), ('closure_cancelled', 'fermeture d’association annulée'), ('organisation_erased', 'association effacée'), ('retention_warned', 'effacement annoncé'), ('retention_erased', 'compte inactif effacé'), ('release_built', 'publication préparée'), ('release_published', 'publication parue'), ('release_set_aside', 'publication écartée'), ('content_published', 'contenu publié'), ('support_granted', 'aide autorisée'), ('support_withdrawn', 'autorisation d’aide retirée'), ('support_started', 'aide commencée'), ('support_ended', 'aide terminée'), ('backup_made', 'sauvegarde faite'), ('restored', 'sauvegarde restaurée')], max_length=40)),
                ('actor', models.BigIntegerField(db_index=True, help_text='account; null: a visitor, or the platform itself', null=True)),
                ('as_support', models.BigIntegerField(help_text='who acted under this account, with its consent', null=True)),
                ('subject', models.CharField(blank=True, help_text='model:key of what was acted on', max_length=120)),
                ('details', models.JSONField(default=dict, help_text='codes, counts and slugs; never a personal word')),
                ('address_hash', models.CharField(blank=True, help_text='keyed, its key changes each month', max_length=32)),
                ('request_id', models.CharField(blank=True, max_length=36)),
                ('previous', models.BinaryField(default=bytes, max_length=32)),
                ('hash', models.BinaryField(default=bytes, max_length=32)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.RunSQL(CHAIN + KEEP, REMOVED),
    ]
