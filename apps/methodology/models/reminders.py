"""Which mails were written about actions: one row is one reminder, so that none is sent twice."""

from __future__ import annotations

from django.db import models

from apps.methodology.enums import ReminderAbout
from apps.methodology.models.engagements import Seat
from apps.methodology.models.fields import Item


class Reminder(models.Model):
    """``due``: the date it spoke of; another date is another reminder. ``sent_on``: a person is written to once a day."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="reminders")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=4, choices=ReminderAbout.choices)
    due = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "item", "due", "about"], name="one_reminder_per_due_date"
            ),
        ]
        indexes = [models.Index(fields=["sent_on"])]

    def __str__(self) -> str:
        return f"{self.about} {self.due}"
