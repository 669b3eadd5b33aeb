"""Each account gets its nature: the chart's rules, under the corrections of the association. Callers hold a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from apps.accounts.models import Organisation
from apps.ledger import chart
from apps.ledger.chart.natures import NATURES
from apps.ledger.chart.statement import Line, Statement, state
from apps.ledger.enums import ImportState
from apps.ledger.grouping import Kept, Totals
from apps.ledger.models import AccountLine, Correction, Exercise, Import, NatureAmount, SectionLine

BATCH = 1000
CENT = Decimal("0.01")


def euros(cents: int) -> Decimal:
    return Decimal(cents) * CENT


def corrections_of(organisation: Organisation) -> dict[str, Correction]:
    """Account → what this association said of it."""
    return {one.number: one for one in Correction.objects.filter(organisation=organisation)}


def place(totals: Totals, corrections: Mapping[str, Correction], version: str = "") -> Statement:
    """``version``: of the chart; that of today without one."""
    rules = chart.load(version) if version else chart.current()
    natures = {number: one.nature for number, one in corrections.items() if one.nature in NATURES}
    return state(totals.accounts, rules, natures, totals.sections)


def lines_of(statement: Statement) -> dict[str, Line]:
    return {line.number: line for line in (*statement.lines, *statement.unmapped)}


def corrections_within(row: Import) -> dict[str, Correction]:
    """Account → the correction that this very import holds, whatever was said of it since elsewhere. 1 query."""
    return {
        line.number: Correction(number=line.number, nature=line.nature, year=line.corrected_for or row.year)
        for line in AccountLine.objects.filter(accounts=row, how="correction")
    }


def give(line: AccountLine, placed: Line, corrections: Mapping[str, Correction]) -> bool:
    """The nature and its reason; whether something changed."""
    before = (line.nature, line.how, line.reason, line.corrected_for)
    line.nature, line.how = placed.placing.nature or "", placed.placing.how
    line.reason = placed.placing.reason[:300]
    line.corrected_for = corrections[line.number].year if line.how == "correction" else None
    return before != (line.nature, line.how, line.reason, line.corrected_for)


def save(row: Import, totals: Totals, statement: Statement, corrections: Mapping[str, Correction]) -> None:
    """The lines of an import read just now, and what the whole of it says."""
    found = lines_of(statement)
    AccountLine.objects.bulk_create(
        [account_line(row, one, found.get(one.number), corrections) for one in totals.accounts], BATCH
    )
    SectionLine.objects.bulk_create(
        [
            SectionLine(accounts=row, section=code, number=number, debit=debit, credit=credit)
            for (number, code), (debit, credit) in totals.sections.items()
        ],
        BATCH,
    )
    Import.objects.filter(pk=row.pk).update(
        chart=chart.current().version,
        gap=statement.gap,
        booked_gap=statement.booked_gap,
        receivables=totals.receivables,
        payables=totals.payables,
        read_at=timezone.now(),
        progress=100,
    )


def account_line(
    row: Import, one: Kept, line: Line | None, corrections: Mapping[str, Correction]
) -> AccountLine:
    made = AccountLine(
        accounts=row,
        number=one.number,
        label=one.label,
        opening=one.opening,
        debit=one.debit,
        credit=one.credit,
    )
    if line is not None:
        made.amount = line.amount
        give(made, line, corrections)
    return made


def totals_of(row: Import) -> Totals:
    """What was kept of the file. 2 queries."""
    accounts = [Kept(a.number, a.label, a.opening, a.debit, a.credit) for a in row.account_lines.all()]
    sections = {(s.number, s.section): (s.debit, s.credit) for s in row.section_lines.all()}
    return Totals(accounts, row.receivables, row.payables, sections)


def place_again(row: Import, corrections: Mapping[str, Correction]) -> Statement:
    """The lines of an import after a correction, by the rules that read it; written where they changed."""
    statement = place(totals_of(row), corrections, row.chart)
    found = lines_of(statement)
    changed = [
        line
        for line in AccountLine.objects.filter(accounts=row)
        if line.number in found and give(line, found[line.number], corrections)
    ]
    AccountLine.objects.bulk_update(changed, ["nature", "how", "reason", "corrected_for"], BATCH)
    Import.objects.filter(pk=row.pk).update(gap=statement.gap)
    if row.state == ImportState.ACCEPTED:
        write_natures(row.exercise, statement)
    return statement


def write_natures(exercise: Exercise, statement: Statement) -> None:
    """The amounts of an exercise, replaced as a whole; those of zero are left out."""
    found = {("", nature): cents for nature, cents in statement.totals.items()}
    found |= {
        (code, nature): cents for code, part in statement.sections.items() for nature, cents in part.items()
    }
    replace_natures(exercise, {key: euros(cents) for key, cents in found.items() if keeps(key[1], cents)})
    lost = [(line.number[:1], line.amount) for line in statement.unmapped]
    exercise.unmapped = euros(sum(abs(amount) for _, amount in lost))
    exercise.unmapped_resources = euros(sum(amount for digit, amount in lost if digit == "7"))
    exercise.unmapped_costs = euros(sum(amount for digit, amount in lost if digit == "6"))
    exercise.equity = equity_of(statement)
    exercise.save(update_fields=["unmapped", "unmapped_resources", "unmapped_costs", "equity"])


def equity_of(statement: Statement) -> Decimal | None:
    """Own funds with the result of the year, which account 12 holds already once the year is closed; None when unknown."""
    cents = statement.totals.get("equity")
    if cents is None:
        return None
    return euros(cents if statement.booked_gap == 0 else cents + statement.result)


def keeps(nature: str, cents: int) -> bool:
    """A balance of zero is known, and said; a nature without anything is not there."""
    return bool(cents) or (nature in NATURES and NATURES[nature].side == "balance")


def replace_natures(exercise: Exercise, amounts: Mapping[tuple[str, str], Decimal]) -> None:
    """(section, nature) → euros."""
    exercise.natures.all().delete()
    NatureAmount.objects.bulk_create(
        [
            NatureAmount(exercise=exercise, section=section, nature=nature, amount=amount)
            for (section, nature), amount in amounts.items()
        ],
        BATCH,
    )
