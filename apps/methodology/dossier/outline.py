"""From contents to the blocks of a document that is read from beginning to end (pure)."""

from __future__ import annotations

from datetime import date, datetime

from apps.core.typography import count, date_long, join_list
from apps.methodology.choosing.report import Report
from apps.methodology.dossier import layouts, noting, simulated, words
from apps.methodology.dossier.blocks import (
    Block,
    Cell,
    Chapter,
    Entry,
    Facts,
    Grid,
    Outline,
    Points,
    Said,
    Section,
)
from apps.methodology.dossier.contents import Card, Contents, Decided, Pile, Record, Remark, StepPart, Verdict
from apps.methodology.dossier.prose import passages
from apps.methodology.enums import SeatRole, StepStage

NOTHING = "Rien n’est écrit pour cette étape."
DIAGNOSIS = (
    "Cette étape se mène dans l’auto-diagnostic de l’association, dont le rapport est un fichier à part."
)


def outline(contents: Contents) -> Outline:
    heading = contents.heading
    return Outline(
        association=heading.association,
        title=heading.title,
        dates=words.dates(heading),
        edition=f"édition\u00a0{heading.edition} de la méthode",
        is_demo=heading.is_demo,
        path=path(contents),
        team=team(contents),
        counts=counts(contents),
        chapters=tuple(chapter(step, contents.simulation) for step in contents.steps),
    )


def path(contents: Contents) -> Grid:
    columns = tuple(map(Cell, ("Étape", "État", "Depuis le", "Gouvernance")))
    rows = tuple(
        (
            Cell(f"{step.number}. {step.title}"),
            Cell(step.stage_word, step.why_skipped),
            Cell(day(step.changed_at) if step.changed_at else ""),
            Cell(f"{step.last.label} le {date_long(step.last.decided_on)}" if step.last else ""),
        )
        for step in contents.steps
    )
    return Grid("path", "Où en sont les huit étapes", columns, rows)


def team(contents: Contents) -> Facts:
    rows = []
    for role in SeatRole:
        names = [mate.name for mate in contents.team if mate.role == role]
        if names:
            rows.append((words.capital(str(role.label)), join_list(names)))
    return Facts(tuple(rows))


def counts(contents: Contents) -> str:
    """« 12 activités, 3 leviers, 2 décisions », "" for nothing."""
    listed = [one for one in contents.listings() if one.things and not one.kind.is_single]
    said = [count(len(one.things), one.kind.singular, one.kind.plural) for one in listed]
    decisions = sum(len(step.decisions) for step in contents.steps)
    workshops = sum(len(step.records) for step in contents.steps)
    notes = len(contents.notes)
    said += (
        [count(notes, "note présentée à la signature", "notes présentées à la signature")] if notes else []
    )
    said += [count(decisions, "décision", "décisions")] if decisions else []
    said += [count(workshops, "atelier", "ateliers")] if workshops else []
    return join_list(said) if said else ""


def day(moment: datetime | date) -> str:
    return words.day(moment)


# --- a step ------------------------------------------------------------------------------------------------------
def chapter(step: StepPart, simulation: Report | None) -> Chapter:
    said = tuple(sections(step, simulation))
    return Chapter(step.number, step.title, step.summary, stage_line(step), said, is_blank=step.is_blank)


def stage_line(step: StepPart) -> str:
    since = f", depuis le {day(step.changed_at)}" if step.changed_at else ""
    why = f"\u00a0: {step.why_skipped}" if step.stage == StepStage.SKIPPED and step.why_skipped else ""
    return f"{words.capital(step.stage_word)}{since}{why}"


def sections(step: StepPart, simulation: Report | None) -> list[Section]:
    found = [
        Section(part.tool.title, blocks, part.tool.about)
        for part in step.tools
        if not part.is_empty and (blocks := layouts.tool(part))
    ]
    if simulation and step.number == simulated.STEP:
        found.append(simulated.section(simulation))
    if step.notes:
        found.append(Section(noting.TITLE, tuple(noting.entry(note) for note in step.notes)))
    if step.records:
        found.append(Section("Ateliers", tuple(workshop(record) for record in step.records)))
    if step.decisions:
        found.append(Section("Décisions", (decisions(step.decisions),)))
    if step.verdicts:
        found.append(Section("Ce qu’a dit la gouvernance", (verdicts(step.verdicts),)))
    if step.remarks:
        found.append(Section("Commentaires", tuple(remark(one) for one in step.remarks)))
    if not found:
        said = DIAGNOSIS if step.number == 4 else NOTHING
        found.append(Section("", (Said("", passages(said)),)))
    return found


def decisions(rows: tuple[Decided, ...]) -> Grid:
    columns = tuple(map(Cell, ("Décision", "Pourquoi", "Qui", "Date")))
    return Grid(
        "decisions",
        "",
        columns,
        tuple(
            (Cell(row.what, about(row)), Cell(row.why), Cell(row.decided_by), Cell(date_long(row.decided_on)))
            for row in rows
        ),
    )


def about(row: Decided) -> str:
    said = [f"Au sujet de\u00a0: {row.about.title}"] if row.about else []
    said += [f"Remplace la décision {row.replaces.removeprefix('decision-')}"] if row.replaces else []
    return f"n°\u00a0{row.number}" + "".join(f". {one}" for one in said)


def verdicts(rows: tuple[Verdict, ...]) -> Grid:
    columns = tuple(map(Cell, ("Date", "Décision", "Qui", "Motif")))
    return Grid(
        "verdicts",
        "",
        columns,
        tuple(
            (
                Cell(date_long(row.decided_on)),
                Cell(words.capital(row.label)),
                Cell(signed(row)),
                Cell(row.reason),
            )
            for row in rows
        ),
    )


def signed(row: Verdict) -> str:
    return f"{row.name}, décision consignée par {row.recorded_by}" if row.recorded_by else row.name


def remark(row: Remark) -> Said:
    settled = ", réglé" if row.is_settled else ""
    on = f", au sujet de «\u202f{row.about.title}\u202f»" if row.about else ""
    return Said(f"{row.author}, le {day(row.at)}{on}{settled}", passages(row.text))


# --- workshops ---------------------------------------------------------------------------------------------------
def workshop(record: Record) -> Entry:
    facts = [("Question posée", record.question), ("Date", date_long(record.held_on))]
    facts += (
        [("Autour de la table", count(record.present, "personne", "personnes"))] if record.present else []
    )
    facts += [] if record.stage == "over" else [("Où en est l’atelier", record.stage_word)]
    blocks: list[Block] = [Facts(tuple(facts))]
    if record.text:
        blocks.append(Said("Ce que l’on retient", passages(record.text)))
    if record.piles:
        blocks.append(piles(record.piles))
    if record.loose:
        blocks.append(Points("Cartes restées seules", tuple(card(one) for one in record.loose)))
    return Entry(record.title, tuple(blocks), "les noms sont montrés" if record.shows_names else "sans noms")


def piles(rows: tuple[Pile, ...]) -> Grid:
    columns = (Cell("Groupe"), Cell("Pastilles", is_number=True), Cell("Cartes"), Cell("Ce qui s’est dit"))
    return Grid(
        "piles",
        "",
        columns,
        tuple(
            (
                Cell(row.title, "gardé" if row.is_kept else ""),
                Cell(str(row.votes), is_number=True),
                Cell(" ; ".join(card(one) for one in row.cards)),
                Cell(row.note),
            )
            for row in rows
        ),
    )


def card(row: Card) -> str:
    more = ", ".join(filter(None, (row.pillar_name, row.author)))
    return f"{row.text} ({more})" if more else row.text
