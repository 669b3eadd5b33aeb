"""What the layout of a hypothesis asks of its sort. No query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def amounts(header: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    """Head and body of a table whose rows begin with their name. Written here: a slider draws six hundred cells again."""
    first, *names = map(escape, header)
    head = f'<th scope="col">{first}</th>' if first else "<td></td>"
    head += "".join(f'<th scope="col" class="n">{name}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return mark_safe(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")  # noqa: S308
