import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('course', '0002_learners_and_statements'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24, unique=True)),
                ('rank', models.PositiveIntegerField(unique=True)),
                ('full_name', models.CharField(blank=True, max_length=150)),
                ('steps', models.JSONField(blank=True, default=list)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('credential', models.TextField(blank=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_reason', models.CharField(blank=True, max_length=300)),
                ('learner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attestations', to='course.learner')),
            ],
            options={
                'ordering': ['-issued_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('learner',), name='one_living_attestation_per_learner'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), models.Q(('revoked_reason', ''), _negated=True), _connector='OR'), name='revoked_attestation_says_why'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', False), models.Q(models.Q(('full_name', ''), _negated=True), models.Q(('credential', ''), _negated=True)), _connector='OR'), name='living_attestation_is_complete'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-HJ-NP-Z]{4}(-[A-HJ-NP-Z]{4}){3}$')), name='attestation_code_is_sixteen_letters')],
            },
        ),
    ]
