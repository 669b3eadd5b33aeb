"""One statement on the scale 0 to 3: median, range, means by role, each only when it may be shown."""

from dataclasses import dataclass

from apps.core.figures.lanes import Tag, draw_lanes, laid_out
from apps.core.figures.palette import AXES, EDGE, INK, INK_SOFT, LINE
from apps.core.figures.roles import ROLES, role_mark
from apps.core.figures.svg import Element, Svg, circle, line, text
from apps.core.microtypography import nbsp
from apps.core.typography import Number, exact, join_list, number, rounded

WIDTH, SIZE = 420, 16
START, STEP = 34, 352 / 3  # x of level 0, and of one level more
LANE, PILE = 20, 21  # heights: one more lane of labels, one more mark on the same spot
NOTHING, HIDDEN = "–", "non montrée"
HEADER = ("Énoncé", "Médiane", "Réponses", *(role.title for role in ROLES.values()))


@dataclass(frozen=True)
class Strip:
    """Levels 0 to 3. `low` and `high` go together. `hidden`: roles whose mean may not be shown."""

    code: str  # « A7 »: its letter gives the axis
    median: Number
    low: int | None = None
    high: int | None = None
    means: tuple[tuple[str, Number], ...] = ()  # (key of ROLES, mean)
    hidden: tuple[str, ...] = ()

    def shown(self) -> dict[str, Number]:
        """To the nearest half level whatever is given: 2.7 over three people can only be 3, 3, 2."""
        given = dict(self.means)
        return {role: rounded(exact(given[role]) * 2, 0) / 2 for role in ROLES if role in given}

    def range_text(self) -> str:
        """« 0 à 3 », « 2 » or nothing."""
        return (
            ""
            if self.low is None
            else f"{self.low} à {self.high}"
            if self.low != self.high
            else f"{self.low}"
        )


def draw(data: Strip) -> Svg:
    """ValueError for a level outside 0 to 3, or half a range. Rows of several strips stack in one table."""
    piles: dict[float, list[str]] = {}
    for role, mean in data.shown().items():
        piles.setdefault(_x(mean), []).append(role)
    tags = laid_out(
        [Tag(x, join_list(ROLES[r].name for r in roles)) for x, roles in piles.items()], SIZE, WIDTH
    )
    half = PILE / 2 * max((len(roles) - 1 for roles in piles.values()), default=0)
    lanes = max((tag.lane for tag in tags), default=0)
    y = 40 + LANE * lanes + half if tags else 24
    labels = draw_lanes(tags, y - half - 25, LANE, SIZE)
    return Svg(
        WIDTH,
        y + 40 + half,
        nbsp(_said(data)),
        (*_scale(y, half), *_range(data, y), _median(data, y, half), *_marks(data, y, piles), *labels),
        HEADER,
        (_cells(data),),
    )


def _x(level: Number) -> float:
    if not 0 <= exact(level) <= 3:
        raise ValueError("a level goes from 0 to 3")
    return START + STEP * float(exact(level))


def _scale(y: float, half: float) -> list[Element]:
    drawn = [line((_x(0), y), (_x(3), y), LINE, 2)]
    for level in range(4):
        drawn.append(circle((_x(level), y), 3.5, fill=EDGE))
        drawn.append(
            text((_x(level), y + half + 36), str(level), size=SIZE, fill=INK_SOFT, text_anchor="middle")
        )
    return drawn


def _range(data: Strip, y: float) -> list[Element]:
    if data.low is None and data.high is None:
        return []
    if data.low is None or data.high is None or data.low > data.high:
        raise ValueError("a range goes from its lowest to its highest level")
    colour = AXES[data.code[0]].tone.strong
    if data.low == data.high:
        return [circle((_x(data.low), y), 9, fill=colour, fill_opacity=".28")]
    ends = (_x(data.low), y), (_x(data.high), y)
    return [line(*ends, colour, 10, stroke_opacity=".28", stroke_linecap="round")]


def _median(data: Strip, y: float, half: float) -> Element:
    """Long enough to show above and below a mark on the same level."""
    reach = 17 + half
    return line((_x(data.median), y - reach), (_x(data.median), y + reach), INK, 4)


def _marks(data: Strip, y: float, piles: dict[float, list[str]]) -> list[Element]:
    colour = AXES[data.code[0]].tone.strong
    return [
        role_mark(role, (x, y + PILE * (rank - (len(roles) - 1) / 2)), colour)
        for x, roles in piles.items()
        for rank, role in enumerate(roles)
    ]


def _said(data: Strip) -> str:
    parts = []
    if data.low is not None:
        parts.append(f"réponses {'toutes à' if data.low == data.high else 'de'} {data.range_text()}")
    parts.append(f"médiane {number(data.median)}")
    parts += [f"moyenne {ROLES[role].said} {number(mean)}" for role, mean in data.shown().items()]
    parts += [f"moyenne {ROLES[role].said} {HIDDEN}" for role in ROLES if role in data.hidden]
    return f"{data.code} : {', '.join(parts)}."


def _cells(data: Strip) -> tuple[str, ...]:
    means = data.shown()
    blank = {role: HIDDEN if role in data.hidden else NOTHING for role in ROLES}
    roles = (number(means[role]) if role in means else blank[role] for role in ROLES)
    return (data.code, number(data.median), data.range_text() or NOTHING, *roles)
