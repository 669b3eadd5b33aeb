"""Démarches for the tests of what leaves: an empty one, a full one, one that fills every limit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import Organisation
from apps.methodology.enums import SeatRole
from apps.methodology.models import Card as CardRow
from apps.methodology.models import (
    Comment,
    Decision,
    Engagement,
    Field,
    Item,
    Participant,
    Pile,
    Seat,
    SignedNote,
    StepState,
    Validation,
    Workshop,
)
from apps.methodology.services.items import single_item
from apps.methodology.services.papers import digest_of
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType
from tests.factories import OrganisationFactory
from tests.methodology.support import engagement_of, seat_in

FORMULA = '=HYPERLINK("https://mal.example","ici")'
ADDRESS = "lea.sans.nom@exemple.fr"
STORY = (
    "Nous avons commencé par la halte-garderie : 24 familles, puis 60.\n\nCe qui compte :\n- la confiance ;\n"
    "- le temps ;\n- un lieu à nous.\n\n« Rien sans les parents », dit la charte."
)


def item(engagement: Engagement, kind: str, parent: Item | None = None, **fields: Any) -> Item:
    """Written as it is stored, without its history."""
    if KINDS[kind].is_single:
        made = single_item(engagement.pk, kind)
    else:
        place = Item.objects.filter(engagement=engagement, kind=kind, parent=parent).count()
        made = Item.objects.create(engagement=engagement, kind=kind, parent=parent, place=place)
    Field.objects.bulk_create(Field(item=made, code=code, value=value) for code, value in fields.items())
    return made


def full(organisation: Organisation | None = None) -> tuple[Engagement, dict[str, Seat]]:
    """Something everywhere, as a team leaves it: people gone, things removed, a workshop under way."""
    organisation = organisation or OrganisationFactory.create(name="Les Ateliers du Canal")
    engagement = engagement_of(organisation, title="Notre modèle, 2027 à 2030", edition=1, sequence=87)
    lead = seat_in(engagement, SeatRole.LEAD, full_name="Chloé Chêne")
    seats = {
        "lead": lead,
        "member": seat_in(engagement, SeatRole.MEMBER, full_name="Malik Merle"),
        "board": seat_in(engagement, SeatRole.BOARD, full_name="Ana Aubépine"),
        "observer": seat_in(engagement, SeatRole.OBSERVER, outside=True, full_name="Réseau Rosier"),
        "nameless": seat_in(engagement, SeatRole.MEMBER, full_name="", email=ADDRESS),
    }
    write_tools(engagement, seats)
    write_talk(engagement, seats)
    write_workshops(engagement, seats)
    write_notes(engagement, seats)
    return engagement, seats


def write_tools(engagement: Engagement, seats: dict[str, Seat]) -> None:
    item(
        engagement, "note", question="Comment tenir sans la subvention ?", why_now=STORY, starts="2027-03-01"
    )
    item(engagement, "meeting", title="Lancement", date="2027-03-12", step="1", who="Toute l’équipe")
    halte = item(
        engagement,
        "activity",
        title="La halte-garderie",
        what=STORY,
        fragilities=["F01", "F02"],
        levels=["commune"],
        people="1250",
        place="core",
    )
    cafe = item(engagement, "activity", title=FORMULA, people="80")
    gone = item(engagement, "activity", title="Arrêtée")
    cells = {"human_local_existing": "Douze bénévoles", "financial_national_wanted": "Une fondation"}
    item(engagement, "photograph", **cells)
    item(engagement, "photograph", activity=str(halte.pk), **cells)
    for year in ("2025", "2026", "2027"):
        item(engagement, "year", year=year, cotisations="12500.5", payroll="40000", volunteer_hours="900")
    item(engagement, "year", year="2026", activity=str(halte.pk), dons="300")
    item(engagement, "target", balance=[40, 35, 25], ambition="Tenir sur trois appuis.", keep=STORY)
    item(
        engagement,
        "scenario",
        title="Ancrage",
        horizon="7_ans",
        story=STORY,
        effort=[20, 30, 50],
        is_chosen=True,
    )
    item(engagement, "scenario", title="Essaimage", horizon="18_mois", is_chosen=False)
    lever = item(
        engagement,
        "lever",
        title="Mutualiser la paie",
        pillar="alliances",
        activities=[str(cafe.pk), str(halte.pk), str(gone.pk)],
        decision="chosen",
        conditions=STORY,
    )
    Item.objects.filter(pk=gone.pk).update(gone_at=timezone.now())
    item(
        engagement,
        "partnership",
        title="La régie de quartier",
        main_aim="reach",
        other_aims=["means", "learning"],
        contact=str(seats["member"].pk),
        steps_done=["clarify", "meet"],
    )
    first = item(
        engagement,
        "action",
        title="Écrire la convention",
        owner=str(seats["lead"].pk),
        due="2027-06-30",
        cost="1500",
        lever=str(lever.pk),
        progress="doing",
        notes=STORY,
    )
    item(
        engagement,
        "action",
        title="Signer",
        owner=str(seats["nameless"].pk),
        after=[str(first.pk)],
        due="2027-09-15",
    )
    item(engagement, "action")
    indicator = item(
        engagement, "indicator", title="Familles", pillar="human", unit="familles", start="-4", goal="60"
    )
    item(engagement, "reading", indicator, date="2027-06-30", planned="30", actual="24", comment=STORY)
    item(engagement, "reading", indicator, date="2027-12-31", planned="45")
    item(engagement, "review", date="2028-01-15", who="Le bureau", worked=STORY)
    item(engagement, "pitch", need="Garder les enfants", answer="Une halte ouverte à tous")


def write_talk(engagement: Engagement, seats: dict[str, Seat]) -> None:
    now = timezone.now()
    halte = engagement.items.get(fields__value="La halte-garderie")
    StepState.objects.create(engagement=engagement, step=1, stage="done", changed_by=seats["lead"])
    StepState.objects.create(engagement=engagement, step=2, stage="to_validate", changed_by=seats["lead"])
    StepState.objects.create(
        engagement=engagement, step=6, stage="skipped", why_skipped="Plus tard, avec le réseau"
    )
    said = {"engagement": engagement, "step": 1, "decided_on": date(2027, 4, 2)}
    Validation.objects.create(
        **said,
        verdict="sent_back",
        name="Ana Aubépine",
        reason="Le mandat manque.",
        at=now - timedelta(days=3),
    )
    Validation.objects.create(
        **said, verdict="validated", name="Le conseil", recorded_by=ADDRESS, at=now - timedelta(days=1)
    )
    decision = {"engagement": engagement, "decided_on": date(2027, 4, 2)}
    old = Decision.objects.create(
        **decision, step=2, what="Garder trois activités", decided_by="Le bureau", item=halte, why=STORY
    )
    Decision.objects.create(
        **decision,
        step=2,
        what="Garder deux activités",
        decided_by="Le conseil",
        replaces=old,
        seat=seats["lead"],
    )
    comment = {"engagement": engagement, "step": 2}
    Comment.objects.create(**comment, item=halte, seat=seats["member"], text="Et le mercredi ?\n\nÀ voir.")
    Comment.objects.create(**comment, seat=seats["nameless"], text="D’accord.", settled_at=now)
    Comment.objects.create(**comment, seat=seats["lead"], text="", taken_back_at=now)


def write_workshops(engagement: Engagement, seats: dict[str, Seat]) -> None:
    over = workshop(
        engagement, title="Trouver des leviers", stage="over", code="", over_at=timezone.now(), present=9
    )
    pile = Pile.objects.create(
        workshop=over, title="Partager les lieux", place=0, votes=3, is_kept=True, note="Oui"
    )
    Pile.objects.create(workshop=over, title="Vendre", place=1, votes=7)
    CardRow.objects.create(workshop=over, pile=pile, text="Un local à deux", pillar_id="alliances", place=4)
    CardRow.objects.create(workshop=over, text="Une carte seule", place=2)
    named = workshop(engagement, title="À noms ouverts", stage="voting", code="KLMNPQ", shows_names=True)
    anonymous = workshop(engagement, title="En silence", stage="silent", code="ABCDEF")
    for place, row in enumerate((named, anonymous)):
        chair = Participant.objects.create(workshop=row, seat=seats["member"])
        guest = Participant.objects.create(
            workshop=row, name="Invitée Iris", role="voisine", secret_hash=f"{place}" * 64
        )
        group = Pile.objects.create(workshop=row, title=f"Groupe {place}", place=0)
        group.dots.create(participant=guest, number=2)
        CardRow.objects.create(workshop=row, pile=group, author=chair, text=f"De Malik {place}", place=1)
        CardRow.objects.create(workshop=row, pile=group, author=guest, text=f"D’une invitée {place}", place=2)


def workshop(engagement: Engagement, **said: Any) -> Workshop:
    fields = {"step": 6, "question": "Par où commencer ?", "held_on": date(2027, 5, 4), "record": STORY}
    return Workshop.objects.create(engagement=engagement, **{**fields, **said})


# --- notes put to signature -------------------------------------------------------------------------------------------
QUESTION, MANDATE = "La question que nous nous posons", "Le mandat donné par le conseil d’administration"


def write_notes(engagement: Engagement, seats: dict[str, Seat]) -> None:
    """Two versions: one signed by the board, then one by somebody whose account has no name."""
    texts = [[QUESTION, "Comment tenir sans la subvention ?"], [MANDATE, STORY]]
    first = put_note(engagement, 1, texts, [["Lancement", "12 mars 2027", "1. Cadrer", "Toute l’équipe", ""]])
    SignedNote.objects.filter(pk=first.pk).update(put_by=seats["lead"])
    sign(first, seats["board"], "Ana Aubépine", "Présidente")
    sign(first, seats["lead"], "Chloé Chêne", FORMULA)
    second = put_note(engagement, 2, [[QUESTION, FORMULA], [MANDATE, "Continuer."]])
    SignedNote.objects.filter(pk=second.pk).update(put_by=seats["nameless"])
    sign(second, seats["nameless"], ADDRESS, "Trésorière")


def put_note(
    engagement: Engagement,
    number: int,
    lines: list[list[str]] | None = None,
    meetings: list[list[str]] | None = None,
) -> SignedNote:
    lines, meetings = lines or [[QUESTION, f"Version {number}"]], meetings or []
    return SignedNote.objects.create(
        engagement=engagement,
        number=number,
        lines=lines,
        meetings=meetings,
        digest=digest_of(lines, meetings),
        put_at=datetime(2027, 4, number, 9, tzinfo=UTC),
    )


def sign(note: SignedNote, seat: Seat, name: str, quality: str) -> None:
    at = note.put_at + timedelta(days=note.signatures.count() + 1)
    note.signatures.create(seat=seat, name=name, quality=quality, at=at)


# --- every limit reached -----------------------------------------------------------------------------------------
TEXTS = "Une phrase un peu longue, avec des accents é è ç, qui dit ce que nous faisons ici. "


def extreme(most: int = 10_000) -> Engagement:
    """As many items of each kind as there may be (``most`` at most), every field as long as it may be."""
    engagement = engagement_of(
        OrganisationFactory.create(name="Fédération " * 12), title="Une démarche sans fin " * 7
    )
    seat = seat_in(engagement, SeatRole.LEAD, full_name="Prénom-Composé de la Très-Longue-Famille" * 3)
    ids: dict[str, list[str]] = {}
    for kind in KINDS.values():
        number = 1 if kind.is_single else min(kind.most, most)
        rows = [
            Item(pk=uuid4(), engagement=engagement, kind=kind.code, place=place) for place in range(number)
        ]
        if kind.is_single:
            rows = [single_item(engagement.pk, kind.code)]
        else:
            parents = ids.get(kind.of) or [None]
            for place, row in enumerate(rows):
                row.parent_id = parents[place % len(parents)]
            Item.objects.bulk_create(rows)
        ids[kind.code] = [str(row.pk) for row in rows]
        values = {spec.code: longest(spec, seat, ids) for spec in kind.fields}
        Field.objects.bulk_create(
            (
                Field(item=row, code=code, value=value)
                for row in rows
                for code, value in values.items()
                if value
            ),
            batch_size=2000,
        )
    for number in range(1, min(most, 20) + 1):
        long = put_note(engagement, number, [[QUESTION, (TEXTS * 60)[:4000].strip()]] * 3, [["x" * 200] * 5])
        sign(long, seat, "N" * 120, "Q" * 120)
    return engagement


def longest(spec: FieldSpec, seat: Seat, ids: dict[str, list[str]]) -> Any:
    from apps.methodology.choices import catalogue_lists

    most = spec.most or (200 if spec.type == FieldType.LINE else 4000)
    options = [code for code, _ in spec.choices] or list(catalogue_lists().get(spec.source, {}))
    values: dict[FieldType, Any] = {
        FieldType.LINE: (TEXTS * 60)[:most].strip(),
        FieldType.TEXT: (TEXTS * 60)[:most].strip(),
        FieldType.NUMBER: "2026" if spec.code in ("year", "base_year") else str(min(99, spec.most or 99)),
        FieldType.EUROS: str(spec.most) if spec.most else "999999999999.99",
        FieldType.DATE: "2027-12-31",
        FieldType.YES_NO: True,
        FieldType.CHOICE: options[0] if options else "",
        FieldType.CHOICES: options,
        FieldType.MEMBER: str(seat.pk),
        FieldType.ITEM: ids.get(spec.source, [""])[0],
        FieldType.ITEMS: ids.get(spec.source, [])[:5],
        FieldType.SHARES: [34, 33, 33],
    }
    return values[spec.type]
