"""What became of an invitation; who is waited for under a comment, and whether she was written to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("methodology", "0002_what_governance_says"),
    ]

    operations = [
        migrations.AddField("seatinvitation", "answer", models.CharField(blank=True, max_length=8)),
        migrations.AddConstraint(
            "seatinvitation",
            models.CheckConstraint(
                condition=models.Q(("answer", ""), ("answered_at", None))
                | models.Q(("answer__in", ("accepted", "declined", "revoked")), ("answered_at__isnull", False)),
                name="seat_answer_has_its_date",
            ),
        ),
        migrations.RemoveField("comment", "mentions"),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentioned",
                        to="methodology.comment",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="methodology.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "seat"), name="one_mention_per_comment_and_seat"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)), fields=["seat"], name="mentions_not_told"
                    )
                ],
            },
        ),
        migrations.AddField(
            "comment",
            "mentions",
            models.ManyToManyField(related_name="+", through="methodology.Mention", to="methodology.seat"),
        ),
    ]
