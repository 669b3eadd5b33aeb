import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial_schema'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('summary', models.TextField(blank=True, verbose_name='présentation')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('join_url', models.URLField(blank=True, help_text='only in mails to registered people', max_length=500)),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('open', 'ouverte'), ('cancelled', 'annulée')], default='draft', max_length=9)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300, verbose_name='motif')),
                ('is_demo', models.BooleanField(default=False, verbose_name='séance de démonstration')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fragilities', models.ManyToManyField(blank=True, related_name='+', to='catalogue.fragility')),
                ('goals', models.ManyToManyField(blank=True, related_name='+', to='catalogue.goal')),
            ],
            options={
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(blank=True, help_text='last confirmation', null=True)),
                ('sent_count', models.PositiveSmallIntegerField(default=0)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='agenda.session')),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='session_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancelled_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_reason', '')), _connector='OR'), name='cancelled_session_says_why'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('starts_at',), name='one_session_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(models.F('session'), django.db.models.functions.text.Lower('email'), condition=models.Q(('cancelled_at', None)), name='one_active_registration_per_email'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='active_registration_has_an_address'),
        ),
    ]
