"""How cells look, by name (pure): each format draws them in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace

FONT, SIZE = "Arial", 10
INK, PALE, NAVY, SKY, SAND, EDGE = "1E1E1E", "6B6B6B", "1F3A5F", "E3EBF5", "FFF4C7", "B8B8B8"
# The red that both programs have in their number formats: LibreOffice leaves out any other.
RED, GREEN = "FF0000", "1B6B3A"

# Name → what Excel calls it. « -40C » is French: its signs, whatever the program speaks. An amount of zero is a dash.
FORMATS = {
    "general": "General",
    "text": "@",
    "euros": "[$-40C]#,##0.00\\ [$€-40C];[Red]\\−#,##0.00\\ [$€-40C];\\–",
    "exact": "[$-40C]General",
    "whole": "0",
    "percent": "[$-40C]0.0\\ %",
    "ratio": "[$-40C]#,##0.0",
    "date": "dd/mm/yyyy",
    "month": "[$-40C]mmm\\ yyyy",
}


@dataclass(frozen=True, slots=True)
class Style:
    """``shape``: a key of FORMATS. ``is_input``: may be typed over when the sheet is protected. Colours: RRGGBB or ""."""

    shape: str = "general"
    is_bold: bool = False
    is_italic: bool = False
    size: float = SIZE
    ink: str = INK
    fill: str = ""
    align: str = ""  # "", "start", "center", "end"
    indent: int = 0  # in characters, from the start
    has_edge: bool = False
    is_wrapped: bool = False
    is_input: bool = False

    @property
    def is_middle(self) -> bool:
        """Heads only: a number stands beside the first line of its row."""
        return self.is_wrapped and self.align == "center"


TEXT = Style("text", is_wrapped=True)
EUROS = Style("euros", align="end")
TYPED = Style(fill=SAND, has_edge=True, is_input=True, align="end")

STYLES: dict[str, Style] = {
    "title": Style("text", is_bold=True, size=16, ink=NAVY),
    "subtitle": Style("text", size=11, ink=PALE),
    "section": Style("text", is_bold=True, ink=NAVY, fill=SKY),
    "head": Style("text", is_bold=True, ink="FFFFFF", fill=NAVY, align="center", is_wrapped=True),
    "head_year": Style("whole", is_bold=True, ink="FFFFFF", fill=NAVY, align="end"),
    "head_month": Style("month", is_bold=True, ink="FFFFFF", fill=NAVY, align="end"),
    "text": TEXT,
    "line": Style("text"),
    "strong": replace(TEXT, is_bold=True),
    "note": replace(TEXT, ink=PALE, is_italic=True, align="start", indent=1),
    "link": Style("text", ink="1A4FA3"),
    "small": Style("whole", ink=PALE, align="end"),
    "none": Style("text", fill="EFEFEF"),
    "euros": EUROS,
    "euros_total": replace(EUROS, is_bold=True, fill=SKY),
    "label_total": Style("text", is_bold=True, fill=SKY),
    "number": Style("exact", align="end"),
    "ratio": Style("ratio", align="end"),
    "percent": Style("percent", align="end"),
    "whole": Style("whole", align="end"),
    "whole_total": Style("whole", is_bold=True, fill=SKY, align="end"),
    "rank": Style("whole", ink=PALE, align="center"),
    "month": Style("month", align="end"),
    "date": Style("date", align="end"),
    "day": Style("date", align="start"),
    "kept": Style("exact", is_bold=True, fill=SKY, has_edge=True, align="end"),
    "kept_euros": Style("euros", is_bold=True, fill=SKY, has_edge=True, align="end"),
    "input_euros": replace(TYPED, shape="euros"),
    "input_rate": replace(TYPED, shape="exact"),
    "input_whole": replace(TYPED, shape="whole"),
    "input_date": replace(TYPED, shape="date"),
    "input_text": replace(TYPED, shape="text"),
    "good": Style("text", is_bold=True, ink=GREEN, size=12),
}
