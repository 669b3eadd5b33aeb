"""The accounts of an association: what was read, what was corrected, the exercises that count.

Accounts are whole cents, as in the file; the amounts of an exercise are euros.
"""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models.functions import ExtractYear
from django.utils import timezone

from apps.ledger.enums import ImportState, Source

SILENCE = timedelta(seconds=10)
WAITING = (ImportState.REQUESTED, ImportState.READING)
HELD = (ImportState.TO_CHECK, ImportState.ACCEPTED)


def euros(help_text: str = "") -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0), help_text=help_text)


def unknown_or() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)


class Import(models.Model):
    """An outbox row: requested → reading → to_check | refused, then accepted | dropped. A pasted one begins at to_check.

    ``file`` is the place of what was sent, until it is read; afterwards only totals by account are left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="ledger_imports"
    )
    # One form sent twice makes one import: the form carries this key.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=6, choices=Source.choices)
    state = models.CharField(max_length=9, choices=ImportState.choices, default=ImportState.REQUESTED)
    filename = models.CharField(max_length=120, blank=True, help_text="as sent, to name it on the screen")
    file = models.CharField(max_length=200, blank=True, help_text="in the storage, until it is read")
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="0–100")
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, help_text="the reading that owns the row")
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        default=timezone.now, help_text="from this moment beat takes care of a row that still waits"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    # Why it was refused, for the person; line from 1, header included.
    fault_line = models.PositiveIntegerField(null=True, blank=True)
    fault_reason = models.TextField(blank=True)
    fault_remedy = models.TextField(blank=True)
    # What it holds, once read.
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    lines = models.PositiveIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list, blank=True, help_text="French sentences")
    chart = models.CharField(
        max_length=40, blank=True, help_text="version of the rules that placed the accounts"
    )
    gap = models.BigIntegerField(default=0, help_text="cents that the natures do not explain")
    booked_gap = models.BigIntegerField(null=True, blank=True, help_text="cents: account 12 less the result")
    receivables = models.BigIntegerField(
        null=True, blank=True, help_text="cents, before third parties are grouped"
    )
    payables = models.BigIntegerField(null=True, blank=True, help_text="cents")

    class Meta:
        ordering = ["-requested_at"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["requested", "reading"]),
                name="ledger_imports_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_import_per_form"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["requested", "reading"]) | ~models.Q(file=""),
                name="waiting_import_has_a_file",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["requested", "reading"]) | models.Q(file=""),
                name="read_import_keeps_no_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["to_check", "accepted"])
                | models.Q(starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="read_import_has_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused", fault_reason__gt="")
                | (~models.Q(state="refused") & models.Q(fault_reason="")),
                name="refused_import_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["fec", "pasted"]), name="import_comes_from_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.state}"

    @property
    def is_waiting(self) -> bool:
        """True while a worker has it, or should have it."""
        return self.state in WAITING

    @property
    def is_held(self) -> bool:
        """True when its accounts can be looked at."""
        return self.state in HELD

    @property
    def queue_is_silent(self) -> bool:
        """True when nobody took the request for ten seconds: the page says that it is kept."""
        waited = timezone.now() - self.requested_at > SILENCE
        return self.state == ImportState.REQUESTED and not self.attempts and waited

    @property
    def year(self) -> int:
        """Civil year of the last day; 0 before it is read."""
        return self.ends_on.year if self.ends_on else 0


class AccountLine(models.Model):
    """The totals of one account, in cents, and the nature it was given; third parties are grouped and have no label."""

    accounts = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="account_lines")
    number = models.CharField(max_length=40)
    label = models.CharField(max_length=200, blank=True)
    opening = models.BigIntegerField(default=0)
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0, help_text="cents, positive in the normal sense of its class")
    nature = models.CharField(max_length=24, blank=True)
    how = models.CharField(max_length=10, blank=True, help_text="correction, label, rule, none")
    reason = models.CharField(max_length=300, blank=True)
    corrected_for = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="exercise in which the association corrected it"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["accounts", "number"], name="one_line_per_account"),
            models.CheckConstraint(condition=~models.Q(number=""), name="account_line_has_a_number"),
            models.CheckConstraint(
                condition=~models.Q(number__startswith="4") | models.Q(label=""),
                name="third_parties_have_no_label",
            ),
            models.CheckConstraint(
                condition=models.Q(how="correction", corrected_for__isnull=False)
                | (~models.Q(how="correction") & models.Q(corrected_for__isnull=True)),
                name="corrected_line_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.nature}"


class SectionLine(models.Model):
    """What one account moved for one analytic code, in cents; classes 6 to 8 only."""

    accounts = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="section_lines")
    section = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["accounts", "section", "number"], name="one_line_per_account_and_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class Correction(models.Model):
    """The nature that an association gives to one of its accounts, from one year to the next."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="ledger_corrections"
    )
    number = models.CharField(max_length=40)
    nature = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField(help_text="exercise in which it was corrected last")
    corrected_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_correction_per_account"),
            models.CheckConstraint(condition=~models.Q(nature=""), name="correction_has_a_nature"),
        ]

    def __str__(self) -> str:
        return f"{self.number} → {self.nature}"


class Exercise(models.Model):
    """One year of accounts that counts. ``accounts``: where it was read; None when it was typed by hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="ledger_exercises"
    )
    accounts = models.OneToOneField(Import, null=True, on_delete=models.CASCADE, related_name="exercise")
    source = models.CharField(max_length=6, choices=Source.choices)
    year = models.PositiveSmallIntegerField(help_text="civil year of the last day")
    starts_on = models.DateField()
    ends_on = models.DateField()
    equity = unknown_or()  # the result of the year included
    receivables = unknown_or()
    payables = unknown_or()
    unmapped = euros("absolute, without nature")
    unmapped_resources = euros()
    unmapped_costs = euros()
    # What accounts do not say.
    volunteer_hours = unknown_or()
    employees_fte = unknown_or()
    top_funder = unknown_or()
    multi_year = unknown_or()
    hour_value = unknown_or()
    saved_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_exercise_per_year"),
            models.CheckConstraint(
                condition=models.Q(source="typed", accounts__isnull=True)
                | models.Q(source__in=["fec", "pasted"], accounts__isnull=False),
                name="exercise_is_read_or_typed",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                & models.Q(year=ExtractYear("ends_on")),
                name="exercise_ends_in_its_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class NatureAmount(models.Model):
    """Euros of one nature in one exercise; ``section``: an analytic code, "" for the whole."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="natures")
    section = models.CharField(max_length=60, blank=True)
    nature = models.CharField(max_length=24)
    amount = euros()

    class Meta:
        ordering = ["section", "nature"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "section", "nature"], name="one_amount_per_nature_and_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.amount}"
