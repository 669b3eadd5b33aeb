"""One drawing of each figure and a reader for them, shared by the tests of figures."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from apps.core.figures import axes, efforts, emblem, horizons, marks, mix, roles, rungs, strip, ternary, units
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert('x')</script> & \"\x00\ud800"


def drawings() -> Iterator[tuple[str, Svg]]:
    now, before, target = Shares(0.444, 0.252, 0.304), Shares(0.56, 0.19, 0.25), Shares(0.36, 0.3, 0.34)
    yield "ternary", ternary.draw(ternary.Ternary(now, "2026", before, "2025", target))
    yield "ternary-nasty", ternary.draw(ternary.Ternary(now, NASTY, before, NASTY))
    scores = tuple(
        axes.Score(code, value, 40) for code, value in zip("ABCDE", (70.4, 0, 100, None, 41.7), strict=True)
    )
    yield "axes", axes.draw(axes.Axes(scores, "2026", "2025"))
    yield "axes-nasty", axes.draw(axes.Axes(scores, NASTY))
    means = (("gouvernance", 2.7), ("equipe", 0.7), ("referent", 2.5), ("partenaire", 1))
    yield "strip", strip.draw(strip.Strip("A7", 1.5, 0, 3, means))
    yield "strip-bare", strip.draw(strip.Strip("D1", 0))
    amounts = {"cotisations": 9800, "ventes": 59500, "subv_etat": 144000, "dons": 33300, "financiers": 200}
    yield "mix", mix.draw((mix.Year(NASTY, {}), mix.Year("2025", amounts)))
    yield "horizons", horizons.draw(horizons.Horizons((80, 15, 5), (60, 25, 15), NASTY))
    rows = [efforts.Effort(NASTY, ((60, "au cœur"), (25, "en aval"), (15, "en amont")), strong=True)]
    yield (
        "efforts",
        efforts.draw(rows, [("18\u00a0mois", "Tactique"), ("7\u00a0ans", NASTY), ("28\u00a0ans", "x")]),
    )
    yield "units", units.draw(units.Units(31, NASTY))
    yield "logo", emblem.logo()
    yield "footer", emblem.footer()
    yield "signature", emblem.signature({"A", "C"})
    yield "cover", emblem.cover(now)
    yield "rungs", rungs.draw(2)
    yield "mark", marks.axis_mark("E")
    for key in ("etendue", "mediane", *roles.ROLES):
        yield f"legend-{key}", roles.legend(key)


def tree(svg: Svg) -> ElementTree.Element:
    return ElementTree.fromstring(svg.inline())


def texts(svg: Svg) -> list[str]:
    """Every text drawn, a line each."""
    return ["".join(node.itertext()) for node in tree(svg).iter("text")]


def numbers(text: str) -> set[str]:
    """« 1 234,5 » counts for one."""
    return set(re.findall(r"\d+(?:\u202f\d{3})*(?:,\d+)?", text))
