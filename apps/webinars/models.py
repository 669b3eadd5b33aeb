"""The library: people and organisations cited, cases and their revisions.

A case lives twice: ``draft`` is what curators work on, ``sheet`` what readers see. Both have the shape of
``apps.webinars.sheet.Sheet``. Everything else of a public case (tags, appearances, search, its row in the
index of resources) is projected from ``sheet`` by ``services.publication`` and may be built again.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse

from apps.editorial.models import Editorial, EditorialRevision
from apps.webinars.enums import Cycle, LinkState, OrganisationKind, PersonRequestKind


class Cited(models.Model):
    """Someone or something that cases name. ``slug`` is what sheets cite; a merged row only leads to the other."""

    slug = models.SlugField(max_length=120, unique=True)
    spellings = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    # Why this spelling, this kind: for curators only.
    note = models.TextField("note de curation", blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    # Corrected by hand: the files no longer change it.
    is_locked = models.BooleanField("corrigé à la main", default=False)

    # Django gives it to the two children; mypy reads it here.
    merged_into_id: int | None

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError


class Person(Cited):
    """A person who spoke; only what she said in public, and her function that day."""

    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    # Removed at her request: no name is left, the functions neither.
    is_withdrawn = models.BooleanField("retirée à sa demande", default=False)

    class Meta:
        ordering = ["last_name", "first_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_withdrawn=True, first_name="", last_name="")
                | models.Q(is_withdrawn=False) & ~models.Q(last_name=""),
                name="person_has_a_name_or_asked_to_leave",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or "Nom retiré à sa demande"

    def get_absolute_url(self) -> str:
        return reverse("webinars:person", args=[self.slug])


class CitedOrganisation(Cited):
    name = models.CharField("nom", max_length=160)
    kind = models.CharField("type", max_length=12, choices=OrganisationKind.choices)
    region = models.ForeignKey(
        "catalogue.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="cited_organisation_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("webinars:organisation", args=[self.slug])


class Webinar(Editorial):
    """A case of the library. Columns below ``is_demo`` say of the public sheet what lists and search need."""

    is_demo = models.BooleanField("donnée de démonstration", default=False)

    title = models.CharField(max_length=300, blank=True)
    short_title = models.CharField(max_length=200, blank=True)
    teaser = models.CharField(max_length=400, blank=True)
    date = models.DateField(null=True)
    cycle = models.CharField(max_length=24, choices=Cycle.choices, blank=True)
    # « goal:15 », « fragility:F04 », « pillar:human », « kind:association », « year:2022 », « region:84 »…
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    search = SearchVectorField(null=True)

    class Meta:
        ordering = ["-date", "slug"]
        indexes = [
            GinIndex(fields=["search"], name="webinar_search"),
            models.Index(
                fields=["-date", "slug"], condition=models.Q(sheet__isnull=False), name="webinar_public"
            ),
            models.Index(
                fields=["publish_at"], condition=models.Q(state="scheduled"), name="webinar_to_publish"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(publish_at__isnull=False),
                name="scheduled_case_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="archived") | models.Q(sheet__isnull=True),
                name="archived_case_is_not_public",
            ),
            models.CheckConstraint(
                condition=models.Q(sheet__isnull=True)
                | (~models.Q(title="") & models.Q(date__isnull=False, published_at__isnull=False)),
                name="public_case_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title or self.draft.get("short_title") or self.slug

    def get_absolute_url(self) -> str:
        return reverse("webinars:case", args=[self.slug])


class Appearance(models.Model):
    """A person, at a public case, for an organisation, with the function she had that day."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="appearances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appearances")
    organisation = models.ForeignKey(CitedOrganisation, on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField("fonction ce jour-là", max_length=240, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["webinar", "position"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "position"], name="one_appearance_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.webinar_id}"


class Revision(EditorialRevision):
    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="revisions")

    class Meta(EditorialRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["webinar", "number"], name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.webinar_id} n° {self.number}"


class PreviewLink(models.Model):
    """A secret address that shows the draft to someone without account, until it expires."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.webinar_id} → {self.expires_at}"


class PersonRequest(models.Model):
    """A correction or a removal that a cited person asked for, and what was done.

    ``keys`` are keyed hashes of the names that files may bring back: a removed name is kept nowhere in clear.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=PersonRequestKind.choices)
    asked_on = models.DateField("demandé le")
    reason = models.TextField("ce qui a été demandé", blank=True)
    done = models.TextField("ce qui a été fait", blank=True)
    keys = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    # Places that may still tell the name, for a person to read again: [kind, slug, field]…
    mentions = models.JSONField("mentions à relire", default=list, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [GinIndex(fields=["keys"], name="person_request_keys")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_on}"


class LinkCheck(models.Model):
    """What the worker found behind a link of a public case."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="link_checks")
    url = models.URLField(max_length=500)
    state = models.CharField(max_length=12, choices=LinkState.choices)
    detail = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-failing_since", "url"]
        constraints = [models.UniqueConstraint(fields=["webinar", "url"], name="one_check_per_link")]

    def __str__(self) -> str:
        return f"{self.url} {self.state}"


class Import(models.Model):
    """A file that a curator sent: what it would write, and the report, until she confirms or a week has passed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=160)
    # Checked rows and sheets, as ``exchange.analysis`` made them; empty once written.
    content = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.filename


class SearchWord(models.Model):
    """Words of the public cases, unaccented: what a mistyped word is compared with."""

    word = models.CharField(max_length=80, primary_key=True)
    shown = models.CharField(max_length=80)  # as the first case that has it writes it

    def __str__(self) -> str:
        return self.word
