"""Instrument, campaigns, respondents, answers, finances, results."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from apps.diagnostic.enums import AnswerValue, CampaignState, RespondentRole


class Instrument(models.Model):
    """A published version of the questionnaire, frozen: its content answers for its hash."""

    code = models.CharField(primary_key=True, max_length=20)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField()

    def __str__(self) -> str:
        return self.code


class Lever(models.Model):
    """What to do first about a statement; may be improved without touching the instrument."""

    statement = models.CharField(max_length=4, primary_key=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    course_step = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    method_step = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    webinar = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    webinar_why = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.title


class Campaign(models.Model):
    """One association asks itself the questions of one instrument version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="campaigns"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="campaigns")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=6, choices=CampaignState.choices, default=CampaignState.OPEN)
    code = models.CharField(max_length=6, unique=True, help_text="six letters to join")
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    # Context, asked once a campaign; copied from the organisation at opening so that an old result stays true.
    legal_form = models.ForeignKey(
        "catalogue.LegalForm", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        "catalogue.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    size_class = models.ForeignKey(
        "catalogue.SizeClass", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fragilities = models.ManyToManyField("catalogue.Fragility", blank=True, related_name="+")
    levels = models.ManyToManyField("catalogue.Level", blank=True, related_name="+")
    years_since_board_renewal = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    effort_18_months = models.PositiveSmallIntegerField(null=True, blank=True)
    effort_7_years = models.PositiveSmallIntegerField(null=True, blank=True)
    effort_28_years = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state="open"),
                name="one_open_campaign_per_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | models.Q(state="closed", closed_at__isnull=False),
                name="closed_campaign_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(effort_18_months=None, effort_7_years=None, effort_28_years=None)
                # Said in full: a comparison with NULL is neither true nor false, and a check lets it pass.
                | models.Q(
                    effort_7_years__isnull=False,
                    effort_28_years__isnull=False,
                    effort_18_months__isnull=False,
                    effort_18_months=100 - models.F("effort_7_years") - models.F("effort_28_years"),
                ),
                name="effort_sums_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.opened_at:%Y-%m}"

    @property
    def is_open(self) -> bool:
        return self.state == CampaignState.OPEN


class Respondent(models.Model):
    """One person's copy of the questionnaire, with an account or by a personal link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="respondents")
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField("rôle", max_length=12, choices=RespondentRole.choices)
    name = models.CharField("prénom ou nom", max_length=80, blank=True)
    email = models.EmailField(blank=True)
    # SHA-256 of the secret of the personal link; the secret itself is only in the mail and in the page shown once.
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "user"], condition=models.Q(user__isnull=False), name="one_copy_per_user"
            ),
            models.UniqueConstraint(
                fields=["campaign", "email"], condition=~models.Q(email=""), name="one_copy_per_email"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_role_display()


class Answer(models.Model):
    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="answers")
    statement = models.CharField(max_length=4)
    value = models.CharField(max_length=3, choices=AnswerValue.choices)
    # Carried over from last year and not yet confirmed: shown, not counted.
    is_suggestion = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["respondent", "statement"], name="one_answer_per_statement"),
            models.CheckConstraint(
                condition=models.Q(value__in=AnswerValue.values), name="answer_is_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


def euros() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )


def signed_euros() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)


class FinanceYear(models.Model):
    """One closed year of accounts, in euros; a missing figure stays missing (never zero)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="finances")
    year = models.PositiveSmallIntegerField("exercice")
    charges = euros()
    depreciation = euros()
    payroll = euros()
    treasury = signed_euros()
    equity = signed_euros()
    result = signed_euros()
    top_funder = euros()
    multi_year = euros()
    in_kind = euros()
    volunteer_hours = euros()
    employees_fte = euros()
    cotisations = euros()
    ventes = euros()
    commande_publique = euros()
    subv_etat = euros()
    subv_region = euros()
    subv_departement = euros()
    subv_bloc_communal = euros()
    subv_europe = euros()
    dons = euros()
    mecenat = euros()
    fondations = euros()
    financiers = euros()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "year"], name="one_row_per_year"),
            models.CheckConstraint(
                condition=models.Q(year__gte=1990, year__lte=2100), name="year_is_plausible"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Result(models.Model):
    """The frozen result of a closed campaign; screen, PDF and API read nothing else."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="result")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    instrument_sha256 = models.CharField(max_length=64)
    scoring_version = models.CharField(max_length=20)
    respondent_count = models.PositiveSmallIntegerField()
    payload = models.JSONField(help_text="shape of scoring.Outcome.as_json()")
    # The disclosed view: medians, spreads, ranges and role means that may be shown (diagnostic.md § 3).
    statements = models.JSONField(help_text="shape of disclosure.statement_rows()")
    finances = models.JSONField(help_text="the years as given, oldest first")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.campaign_id)
