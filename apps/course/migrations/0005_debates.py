import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_an_author_writes_cases'),
        ('course', '0004_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Debate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opening_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='debates', to='accounts.organisation')),
                ('title', models.CharField(max_length=160, verbose_name='réunion')),
                ('held_on', models.DateField(verbose_name='date de la réunion')),
                ('sheet', models.JSONField()),
                ('edition', models.PositiveIntegerField(default=0)),
                ('code', models.CharField(blank=True, max_length=6)),
                ('stage', models.CharField(choices=[('ready', 'prêt'), ('live', 'en cours'), ('over', 'terminé')], default='ready', max_length=5)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('sequence_since', models.DateTimeField(null=True)),
                ('question', models.CharField(blank=True, max_length=40)),
                ('shown', models.CharField(blank=True, max_length=40)),
                ('is_open_book', models.BooleanField(default=False)),
                ('results', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(null=True)),
                ('over_at', models.DateTimeField(null=True)),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='personnes présentes')),
                ('minutes_text', models.TextField(blank=True, max_length=6000, verbose_name='ce qui s’est dit')),
                ('mandate', models.CharField(blank=True, choices=[('yes', 'mandat donné'), ('no', 'mandat refusé'), ('later', 'décision reportée')], max_length=5, verbose_name='décision')),
                ('mandate_text', models.TextField(blank=True, max_length=3000, verbose_name='termes du mandat')),
                ('mandate_reason', models.TextField(blank=True, max_length=2000, verbose_name='motif')),
                ('decided_at', models.DateTimeField(null=True)),
                ('record_version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-held_on', '-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='debate_has_a_title'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_debate_per_code'), models.CheckConstraint(condition=models.Q(('code', ''), ('code__regex', '^[A-HJ-NP-Z]{6}$'), _connector='OR'), name='debate_code_is_six_letters'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'over'), ('code', ''), ('over_at__isnull', False)), models.Q(models.Q(('stage', 'over'), _negated=True), models.Q(('code', ''), _negated=True)), _connector='OR'), name='debate_keeps_its_code_until_over'), models.CheckConstraint(condition=models.Q(('question', ''), ('stage', 'live'), _connector='OR'), name='only_a_live_debate_asks'), models.CheckConstraint(condition=models.Q(('mandate', ''), ('decided_at__isnull', False), _connector='OR'), name='decided_debate_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='course.debate')),
                ('question', models.CharField(max_length=40)),
                ('voter', models.UUIDField(help_text="drawn at random on the phone's first visit")),
                ('choice', models.PositiveSmallIntegerField(help_text='place of the choice, from 0')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('debate', 'question', 'voter'), name='one_ballot_per_phone')],
            },
        ),
        migrations.CreateModel(
            name='View',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='course.debate')),
                ('question', models.CharField(max_length=40)),
                ('voter', models.UUIDField(help_text='erased when the meeting is over', null=True)),
                ('text', models.CharField(max_length=280)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('set_aside', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('debate', 'question', 'voter'), name='one_view_per_phone'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='view_says_something')],
            },
        ),
    ]
