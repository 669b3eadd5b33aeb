"""Loads ``fixtures/content/catalogue`` and the glossary into the reference tables, as often as one likes."""

from apps.catalogue.content.rows import ContentError, Row
from apps.catalogue.content.store import Tally, sync_links, upsert, withdraw
from apps.catalogue.content.tables import LINKS, TABLES
from apps.core.content import read_yaml

__all__ = ["ContentError", "load"]


def load() -> str:
    """Makes the tables say what the files say, and tells what changed. ContentError refuses a doubtful row.

    A row that left the files is withdrawn, unless an organisation, a campaign or a lever still cites it.
    """
    rows = {table.model: table.rows(read_yaml(*table.file)) for table in TABLES}
    codes = {model: {row.code for row in found} for model, found in rows.items()}
    for found in rows.values():
        for row in found:
            row.check_references(codes)
    tally = Tally()
    for table in TABLES:
        upsert(table.model, rows[table.model], tally)
    for link in LINKS:
        sync_links(link, wanted_links(link.name, rows[link.model]), tally)
    for table in reversed(TABLES):
        withdraw(table.model, codes[table.model], tally)
    return tally.sentence()


def wanted_links(name: str, rows: list[Row]) -> dict[tuple[str, str], str]:
    """(row, target) → weight, or "" when the link has none."""
    return {(row.code, target): weight for row in rows for target, weight in row.links.get(name, {}).items()}
