"""What the layout of a hypothesis asks of its sort. No query."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from apps.methodology.bench.boxes import Box
from apps.methodology.bench.sheet import Sheet
from apps.methodology.simulation.asked import Asked, asked, of_years
from apps.methodology.simulation.reading import whole_years

register = template.Library()


@register.simple_tag
def hypothesis_asked(boxes: Mapping[str, Box]) -> Asked:
    """Only the fields of its sort, in its words."""
    return asked(boxes)


@register.simple_tag
def exercise_box(sheet: Sheet, box: Box) -> Box:
    """The exercise to start from, chosen among those of step 3."""
    return of_years(box, sorted(whole_years(sheet), reverse=True))
