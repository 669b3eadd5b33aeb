"""The workbook of one or several scenarios, with live formulas that carry their figures (pure).

``write_xlsx(book) -> bytes`` and ``write_ods(book) -> bytes``, from ``Book(title, association, made_on, scenarios)`` and
``Scenario(title, plan, projection, band, swings)``.
"""

from apps.simulator.workbook.book import Book, Scenario
from apps.simulator.workbook.ods import write_ods
from apps.simulator.workbook.xlsx import write_xlsx

__all__ = ["Book", "Scenario", "write_ods", "write_xlsx"]
