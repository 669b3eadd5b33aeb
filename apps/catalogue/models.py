"""Reference tables, each row with its source and status; loaded from ``fixtures/content``."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.catalogue.enums import GoalWeight, Medoc, ResourceKind
from apps.core.sources import Sourced


class Ordered(Sourced):
    """A short reference list: a code, a name, a place in the list, and free details of its kind."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Region(Ordered):
    pass


class Department(Ordered):
    """Département or overseas collectivity, keyed by its Insee code (2A, 2B, 971…)."""

    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="departments")


class LegalForm(Ordered):
    pass


class SizeClass(Ordered):
    """Budget band, with or without employees."""

    has_employees = models.BooleanField()


class Pillar(Ordered):
    question = models.TextField(blank=True)
    components = ArrayField(models.CharField(max_length=120), default=list, blank=True)


class Level(Ordered):
    """Échelon of action."""

    group = models.CharField(max_length=40)
    share = models.CharField(max_length=20, blank=True)
    share_source = models.CharField(max_length=300, blank=True)


class Goal(Ordered):
    """One of the 17 sustainable development goals (ODD)."""

    number = models.PositiveSmallIntegerField(unique=True)
    for_associations = models.TextField(blank=True)


class FragilityFamily(Ordered):
    pass


class Fragility(Ordered):
    """One of the 16 domains of fragility (F01–F16)."""

    slug = models.SlugField(unique=True)
    family = models.ForeignKey(FragilityFamily, on_delete=models.PROTECT, related_name="fragilities")
    signs = ArrayField(models.CharField(max_length=240), default=list, blank=True)
    indicator = models.CharField(max_length=240, blank=True)
    indicator_producer = models.CharField(max_length=120, blank=True)
    links_status = models.CharField(max_length=2, default="R")
    goals = models.ManyToManyField(Goal, through="FragilityGoal", related_name="fragilities")


class FragilityGoal(models.Model):
    """Weighted link between a fragility and a goal."""

    fragility = models.ForeignKey(Fragility, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="fragility_links")
    weight = models.CharField(max_length=12, choices=GoalWeight.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fragility", "goal"], name="one_link_per_fragility_and_goal")]

    def __str__(self) -> str:
        return f"{self.fragility_id}–{self.goal_id}"


class EcosystemModel(Ordered):
    family = models.CharField(max_length=20)


class EcosystemInteraction(Sourced):
    source_model = models.ForeignKey(EcosystemModel, on_delete=models.CASCADE, related_name="gives")
    target_model = models.ForeignKey(EcosystemModel, on_delete=models.CASCADE, related_name="receives")
    label = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.label


class ActorProfile(Ordered):
    sphere = models.CharField(max_length=40)


class PartnershipType(Ordered):
    """Type of partnership; the two rates count different populations and are never added."""

    objective = models.CharField(max_length=200)
    result = models.CharField(max_length=200)
    company_rate = models.PositiveSmallIntegerField(help_text="% des entreprises")
    company_source = models.CharField(max_length=300, blank=True)
    association_rate = models.PositiveSmallIntegerField(help_text="% des associations ayant des partenariats")
    association_source = models.CharField(max_length=300, blank=True)


class EvaluationApproach(Ordered):
    question = models.TextField(blank=True)


class ProfessionalSituation(Ordered):
    axis = models.CharField(max_length=200)


class TrajectoryRow(Ordered):
    """A row of the trajectory matrix: shares of effort in %, which sum to 100."""

    months_18 = models.PositiveSmallIntegerField()
    years_7 = models.PositiveSmallIntegerField()
    years_28 = models.PositiveSmallIntegerField()
    positions = models.JSONField(default=dict)
    fits_associations = models.BooleanField(default=False)

    class Meta(Ordered.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months_18=100 - models.F("years_7") - models.F("years_28")),
                name="trajectory_row_sums_to_100",
            )
        ]


class ReferencePoint(Ordered):
    """A published figure shown beside an indicator, never a norm."""

    value = models.CharField(max_length=120)
    population = models.CharField(max_length=240)
    indicator = models.CharField(max_length=60, blank=True, db_index=True)
    note = models.TextField(blank=True)


class GlossaryTerm(Ordered):
    see = ArrayField(models.CharField(max_length=60), default=list, blank=True)


class Resource(Ordered):
    """One row of the index of everything one can read, do or watch (search, levers, API)."""

    kind = models.CharField(max_length=20, choices=ResourceKind.choices, db_index=True)
    medoc = models.CharField(max_length=12, choices=Medoc.choices)
    audience = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="resources")
    goals = models.ManyToManyField(Goal, blank=True, related_name="resources")
    fragilities = models.ManyToManyField(Fragility, blank=True, related_name="resources")
