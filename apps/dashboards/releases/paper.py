"""A release on paper: the PDF of the whole, its sheet of confidentiality alone, and a figure as an image."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from apps.core.figures import emblem
from apps.core.figures.svg import Element, Svg
from apps.core.pdf import render_pdf
from apps.core.typography import nbsp
from apps.dashboards.figures import gallery
from apps.dashboards.figures import protected as stored
from apps.dashboards.figures.gallery import Figure
from apps.dashboards.quarters import Quarter
from apps.dashboards.releases import numbers
from apps.dashboards.releases.numbers import Grid, Heading, Protected
from apps.dashboards.releases.sheet import Sheet

# Title and tables of each part; a table of no part goes to the last one.
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "compte",
        "Qui est compté",
        ("participation", "participation-region", "participation-taille", "participation-fragilite"),
    ),
    ("axes", "Les cinq axes", ("axes", "axes-region", "axes-taille", "axes-fragilite", "axes-profil")),
    ("repartition", "Les associations entre elles", ("distribution-axes", "equilibre", "profils")),
    ("fragile", "Alertes, forces, points fragiles", ("alertes", "forces", "fragiles", "regards")),
    ("argent", "L’argent", ("finances", "ressources")),
    ("chemin", "Le chemin parcouru", ("evolution", "partenariats", "parcours", "methode")),
    ("reperes", "Pour se situer", ("reperes",)),
)
LAST = ("reste", "Les autres tableaux")
# Dots for a point of the page: an image 1 616 dots wide.
SCALE = 3
MARGIN = 24  # dots kept around what is drawn


@dataclass(frozen=True, slots=True)
class Printed:
    """A table, with its figure when something of it is shown."""

    grid: Grid
    figure: Figure | None

    @property
    def is_beside(self) -> bool:
        """One picture and one column: side by side, as long as they fit on a page."""
        alone = self.figure is not None and len(self.figure.panels) == 1 and len(self.grid.columns) == 1
        return alone and len(self.grid.rows) <= MOST_BESIDE


@dataclass(frozen=True, slots=True)
class Part:
    anchor: str
    title: str
    tables: tuple[Printed, ...]


Past = Sequence[tuple[Quarter, Protected]]
AXES = "axes"
MOST_DRAWN, MOST_BESIDE = 8, 20  # rows
HALO = ("paint-order", "stroke", "stroke-width", "stroke-linejoin")


def figure(table: Protected, k: int, quarter: Quarter, past: Past) -> Figure | None:
    """None for a table that is only read. ``past``: the five axes of earlier releases, for those of this one."""
    read = stored.read(table)
    if read.key == AXES:
        found = gallery.axes_by_quarter(read, quarter, [(when, stored.read(one)) for when, one in past], k)
    else:
        found = gallery.figure(read, k)
    panels = tuple(replace(panel, svg=on_paper(panel.svg)) for panel in found.panels)
    return replace(found, panels=panels) if panels else None


def on_paper(drawn: Svg) -> Svg:
    """WeasyPrint paints a halo over its letters, whatever ``paint-order`` says: they lose it."""
    return replace(drawn, body=tuple(without_halo(element) for element in drawn.body))


def without_halo(element: Element) -> Element:
    children = tuple(one if isinstance(one, str) else without_halo(one) for one in element.children)
    kept = element.attributes
    if any(name == "paint-order" for name, _ in kept):
        kept = tuple(pair for pair in kept if pair[0] not in HALO)
    return replace(element, attributes=kept, children=children)


def parts(tables: Sequence[Protected], drawn: Mapping[str, Figure | None]) -> list[Part]:
    """Those that have a table, in their order. ``drawn``: by table."""
    placed = {key for _, _, keys in PARTS for key in keys}
    others = tuple(table["key"] for table in tables if table["key"] not in placed)
    found = [printed(table, drawn.get(table["key"])) for table in tables]
    made = [
        Part(anchor, title, tuple(one for one in found if one.grid.key in keys))
        for anchor, title, keys in (*PARTS, (*LAST, others))
    ]
    return [part for part in made if part.tables]


def printed(table: Protected, drawn: Figure | None) -> Printed:
    """Many rows drawn once for each axis would take pages to say what their table says on one."""
    grid = numbers.grid(table)
    is_long = drawn is not None and len(drawn.panels) > 1 and len(grid.rows) > MOST_DRAWN
    return Printed(grid, None if grid.is_hidden or is_long else drawn)


def release_html(tables: Sequence[Protected], drawn: Mapping[str, Figure | None], sheet: Sheet) -> str:
    context = {**common(sheet), "parts": parts(tables, drawn), "title": sheet.heading.name}
    return render_to_string("dashboards/paper/release.html", context)


def sheet_html(sheet: Sheet) -> str:
    title = f"Fiche de confidentialité : {sheet.heading.name}"
    return render_to_string("dashboards/paper/sheet.html", {**common(sheet), "title": title})


def common(sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "heading": sheet.heading,
        "legend": numbers.LEGEND,
        "quote": numbers.quote(sheet.heading),
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
    }


# --- a figure as an image -------------------------------------------------------------------------------------------------
def figure_html(said: Heading, drawn: Figure) -> str:
    context = {
        "heading": said,
        "figure": drawn,
        "emblem": emblem.logo(),
        "address": said.url.split("://", 1)[-1],
    }
    return render_to_string("dashboards/paper/figure.html", context)


def figure_png(said: Heading, drawn: Figure, at: datetime) -> bytes:
    """With its title, its date and its legend in the image.

    Drawn by the code that draws the PDF, then made into dots: the same letters, the same colours. By a worker only: PDFium
    is not to be called by two threads.
    """
    return image(render_pdf(figure_html(said, drawn), at=at).content, described(said, drawn))


def described(said: Heading, drawn: Figure) -> dict[str, str]:
    """What a program reads of the image: the keywords are those of the PNG standard."""
    return {
        "Title": nbsp(f"{drawn.title}, {said.name}"),
        "Description": " ".join([drawn.sentence, *(panel.svg.alt for panel in drawn.panels)]),
        "Source": said.url,
        "Author": settings.SITE_NAME,
    }


def image(pdf: bytes, about: dict[str, str]) -> bytes:
    """The first page, cut to what is drawn on it."""
    import pypdfium2  # heavy, and for workers only
    from PIL import Image, ImageChops
    from PIL.PngImagePlugin import PngInfo

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=SCALE).to_pil().convert("RGB")
    blank = Image.new("RGB", page.size, page.getpixel((0, 0)))
    _, top, _, bottom = ImageChops.difference(page, blank).getbbox() or (0, 0, *page.size)
    width, height = page.size
    box = (0, max(top - MARGIN, 0), width, min(bottom + MARGIN, height))
    info = PngInfo()
    for name, text in about.items():
        info.add_itxt(name, text, lang="fr")
    out = io.BytesIO()
    page.crop(box).save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()
