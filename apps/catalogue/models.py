"""Reference tables, each row with its source and status; loaded from ``fixtures/content``."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.catalogue.enums import GoalWeight, ModelFamily, ResourceKind, TerritoryKind
from apps.catalogue.provenance import Provenance, provenances
from apps.core.sources import Sourced


class Ordered(Sourced):
    """A short reference list: a code, a name, a place in the list, and free details of its kind."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # A published name may carry our own words or links: {"text": {status, label, year, url}, …}.
    other_sources = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name to show in a list or a link."""
        return self.name

    @property
    def provenance(self) -> list[Provenance]:
        """Where each part of the row comes from, the name first."""
        own = {
            "status": self.status,
            "label": self.source_label,
            "year": self.source_year,
            "url": self.source_url,
        }
        return provenances({"": own, **self.other_sources})

    def is_ours(self, part: str) -> bool:
        """True when this part of the row (``links``, ``family``, ``tags``…) is our proposal."""
        return bool(self.other_sources.get(part, {}).get("status") == "R")

    @property
    def is_weak(self) -> bool:
        """Published, by a source to take with care."""
        return self.status == "P-"


class Region(Ordered):
    pass


class Department(Ordered):
    """Département or overseas collectivity, keyed by its Insee code (2A, 2B, 971…)."""

    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="departments"
    )
    kind = models.CharField(max_length=12, choices=TerritoryKind.choices, default=TerritoryKind.DEPARTMENT)


class LegalForm(Ordered):
    pass


class SizeClass(Ordered):
    """Yearly budget band in euros (lower bound in, upper bound out), with or without employees."""

    has_employees = models.BooleanField()
    budget_min = models.PositiveIntegerField()
    budget_max = models.PositiveIntegerField(null=True, blank=True)


class Pillar(Ordered):
    question = models.TextField(blank=True)
    components = ArrayField(models.CharField(max_length=120), default=list, blank=True)


class Level(Ordered):
    """Échelon of action; ``share`` is a published % of associations, never to be added up."""

    group = models.CharField(max_length=40)
    group_name = models.CharField(max_length=80)
    share = models.CharField(max_length=20, blank=True)
    share_note = models.CharField(max_length=200, blank=True)


class Goal(Ordered):
    """One of the 17 sustainable development goals (ODD)."""

    number = models.PositiveSmallIntegerField(unique=True)
    for_associations = models.TextField(blank=True)

    def get_absolute_url(self) -> str:
        return reverse("catalogue:goal", args=[self.number])


class FragilityFamily(Ordered):
    pass


class Fragility(Ordered):
    """One of the 16 domains of fragility (F01–F16)."""

    slug = models.SlugField(unique=True)
    family = models.ForeignKey(FragilityFamily, on_delete=models.PROTECT, related_name="fragilities")
    signs = ArrayField(models.CharField(max_length=240), default=list, blank=True)
    indicator = models.CharField(max_length=240, blank=True)
    indicator_producer = models.CharField(max_length=120, blank=True)
    goals = models.ManyToManyField(Goal, through="FragilityGoal", related_name="fragilities")

    def get_absolute_url(self) -> str:
        return reverse("catalogue:fragility", args=[self.slug])


class FragilityGoal(models.Model):
    """Weighted link between a fragility and a goal."""

    fragility = models.ForeignKey(Fragility, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="fragility_links")
    weight = models.CharField(max_length=12, choices=GoalWeight.choices)

    class Meta:
        ordering = ["weight", "goal__number"]
        constraints = [
            models.UniqueConstraint(fields=["fragility", "goal"], name="one_link_per_fragility_and_goal")
        ]

    def __str__(self) -> str:
        return f"{self.fragility_id}–{self.goal_id}"


class EcosystemModel(Ordered):
    family = models.CharField(max_length=20, choices=ModelFamily.choices)


class EcosystemInteraction(Ordered):
    """What one model brings to another; one row an ordered pair at most, its code is « giver>receiver »."""

    giver = models.ForeignKey(EcosystemModel, on_delete=models.PROTECT, related_name="gives")
    receiver = models.ForeignKey(EcosystemModel, on_delete=models.PROTECT, related_name="receives")

    class Meta(Ordered.Meta):
        constraints = [models.UniqueConstraint(fields=["giver", "receiver"], name="one_interaction_per_pair")]


class ActorSphere(Ordered):
    pass


class ActorProfile(Ordered):
    sphere = models.ForeignKey(ActorSphere, on_delete=models.PROTECT, related_name="profiles")


class PartnershipType(Ordered):
    """Type of partnership; the two rates count different populations and are never added."""

    objective = models.CharField(max_length=200)
    result = models.CharField(max_length=200)
    company_rate = models.PositiveSmallIntegerField(help_text="% des entreprises")
    association_rate = models.PositiveSmallIntegerField(help_text="% des associations ayant des partenariats")


class EvaluationApproach(Ordered):
    question = models.TextField(blank=True)


class ProfessionalSituation(Ordered):
    axis = models.CharField(max_length=200)
    precision = models.CharField(max_length=200, blank=True)


class TrajectoryHorizon(Ordered):
    """18 months, 7 years, 28 years: the columns of the matrix."""

    label = models.CharField(max_length=40)
    until = models.CharField(max_length=10, blank=True)
    dimension = models.CharField(max_length=80)
    impact = models.CharField(max_length=80)


class TrajectoryRow(Ordered):
    """A row of the trajectory matrix: shares of effort in %, which sum to 100."""

    kind = models.CharField(max_length=120, blank=True)
    months_18 = models.PositiveSmallIntegerField()
    years_7 = models.PositiveSmallIntegerField()
    years_28 = models.PositiveSmallIntegerField()
    positions = models.JSONField(
        default=dict, help_text="horizon code → « en amont », « au cœur », « en aval »"
    )
    fits_associations = models.BooleanField(default=False)

    class Meta(Ordered.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months_18=100 - models.F("years_7") - models.F("years_28")),
                name="trajectory_row_sums_to_100",
            )
        ]


class ReferencePoint(Ordered):
    """A published figure shown beside an indicator, never a norm.

    ``value`` is what is shown; ``number`` (to ``number_max`` for a range) is the same in ``unit``, or None.
    ``year`` is the measure's, ``source_year`` the publication's.
    """

    value = models.CharField(max_length=120)
    number = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    number_max = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    population = models.CharField(max_length=240)
    year = models.CharField(max_length=30, blank=True)
    indicator = models.CharField(max_length=60, blank=True, db_index=True)
    note = models.TextField(blank=True)


class GlossaryTerm(Ordered):
    """``name`` is the term, ``summary`` its definition, ``see`` the codes of neighbouring terms."""

    see = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    def get_absolute_url(self) -> str:
        return f"{reverse('pages:glossary')}#{self.code}"


class Door(Ordered):
    """One of the five ways in; ``summary`` is its promise."""

    for_whom = models.CharField(max_length=240)
    duration = models.CharField(max_length=120)
    home_line = models.CharField(max_length=240)
    home_note = models.CharField(max_length=40)

    def get_absolute_url(self) -> str:
        return reverse("pages:door", args=[self.code])


class ResourceFamily(Ordered):
    """M.E.D.O.C.: méthodes, exemples, données, outils, compétences."""

    letter = models.CharField(max_length=1)


# The page of each kind lives in the apps above; the module's is the only one of its kind.
PLACES: dict[str, str] = {
    ResourceKind.WEBINAR: "webinars:case",
    ResourceKind.COURSE_STEP: "course:step",
    ResourceKind.METHOD_STEP: "method:step",
}


class Resource(Ordered):
    """One row of the index of everything one can read, do or watch (search, levers, API)."""

    kind = models.CharField(max_length=20, choices=ResourceKind.choices, db_index=True)
    medoc = models.ForeignKey(ResourceFamily, on_delete=models.PROTECT, related_name="resources")
    short_name = models.CharField(max_length=200, blank=True)
    # What its address calls it, when that is not its code.
    page_slug = models.SlugField(max_length=80, blank=True)
    audience = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="resources")
    goals = models.ManyToManyField(Goal, blank=True, related_name="resources")
    fragilities = models.ManyToManyField(Fragility, blank=True, related_name="resources")
    # Of a case: where and at what size its speakers act (codes), and how it leans on each pillar (a sentence each).
    levels = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    regions = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sizes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    readings = models.JSONField(default=dict, blank=True)
    # Annotated by ``closeness.cases``.
    touched: list[str]
    leaning: list[str]
    aims: list[int]

    @property
    def title(self) -> str:
        """A webinar's full name is a sentence: the short one fits a list."""
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        if self.kind == ResourceKind.MODULE:
            return reverse("course:module")
        return reverse(PLACES[self.kind], args=[self.page_slug or self.code])


class ContentRevision(models.Model):
    """One row, written by the triggers of every table of content (migration ``content_has_a_revision``)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Random rather than counted: a number given back by a rollback would come twice.
    token = models.UUIDField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_content_revision")]

    def __str__(self) -> str:
        return str(self.token)
