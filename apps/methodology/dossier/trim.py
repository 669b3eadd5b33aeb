"""A démarche too long for paper is printed in part, and says where the rest is (pure)."""

from __future__ import annotations

from dataclasses import replace

from apps.core.typography import count
from apps.methodology.dossier.blocks import Block, Entry, Facts, Grid, Outline, Picture, Points, Said, Section
from apps.methodology.dossier.prose import Passage

REST = "La suite est trop longue pour ce dossier imprimé\u00a0: {} de plus. Elle se lit dans le texte .odt et dans les données."


def trimmed(outline: Outline, most: int) -> Outline:
    """At most about ``most`` characters; what is short stays whole, what is longest gives way."""
    sizes = [sum(map(size, section.blocks)) for chapter in outline.chapters for section in chapter.sections]
    cap = fair(sizes, most)
    chapters = tuple(
        replace(chapter, sections=tuple(cut(section, cap) for section in chapter.sections))
        for chapter in outline.chapters
    )
    return replace(outline, chapters=chapters)


def fair(sizes: list[int], most: int) -> int:
    """The size above which a section is cut, so that all of them hold in ``most``."""
    if sum(sizes) <= most:
        return most
    left, waiting = most, sorted(sizes)
    for place, one in enumerate(waiting):
        share = left // (len(waiting) - place)
        if one > share:
            return share
        left -= one
    return most


def size(block: Block) -> int:
    match block:
        case Facts(rows):
            return sum(len(label) + len(words) for label, words in rows)
        case Said(label, passages):
            return len(label) + sum(len(line) for passage in passages for line in passage.lines)
        case Points(_, lines):
            return sum(map(len, lines))
        case Grid():
            return sum(len(cell.text) + len(cell.note) for row in block.rows for cell in row)
        case Picture(title, text, svg):
            return len(title) + len(text) + len(svg.alt)
        case Entry(title, blocks):
            return len(title) + sum(map(size, blocks))


def cut(section: Section, cap: int) -> Section:
    kept: list[Block] = []
    left = cap
    for place, block in enumerate(section.blocks):
        if size(block) <= left:
            kept.append(block)
            left -= size(block)
            continue
        if isinstance(block, Grid) and (rows := fitting(block, left)):
            kept.append(replace(block, rows=block.rows[:rows]))
            kept.append(rest(len(block.rows) - rows))
            left -= size(kept[-2])
            continue
        kept.append(rest(len(section.blocks) - place))
        break
    return replace(section, blocks=tuple(kept))


def fitting(grid: Grid, most: int) -> int:
    """How many of its first rows hold in ``most``."""
    held = 0
    for place, row in enumerate(grid.rows):
        held += sum(len(cell.text) + len(cell.note) for cell in row)
        if held > most:
            return place
    return len(grid.rows)


def rest(number: int) -> Said:
    said = REST.format(count(number, "élément", "éléments"))
    return Said("", (Passage((said,)),))
