"""The colours of tokens.css for figures (a test holds them equal), and the five axes of the instrument."""

from dataclasses import dataclass

PAPER = "#fbf7ef"
SAND = "#f2eadc"
LEAF = "#fffdf9"
INK = "#1d2430"
INK_SOFT = "#565249"
LINE = "#d8ccb8"  # decorative rules only
EDGE = "#857a68"
ACCENT = "#f2b134"  # the balance point; never text, never a pillar
ACCENT_SOFT = "#fdeec6"
ACCENT_DEEP = "#805300"
DANGER = "#a3143c"
DANGER_SOFT = "#fbe1e4"
OK = "#2f6b2f"
OK_SOFT = "#e2efd9"

FONT = "'Atkinson Next', Verdana, sans-serif"


@dataclass(frozen=True)
class Tone:
    strong: str
    soft: str
    on: str  # text on the strong colour


HUMAN = Tone("#ad4423", "#f8e0d4", "#fffdf9")
FINANCIAL = Tone("#0b716c", "#d2e9e4", "#fffdf9")
ALLIANCES = Tone("#3a3d9c", "#e0e1f4", "#fffdf9")
NEUTRAL = Tone(INK, SAND, LEAF)

TOKENS = {
    "paper": PAPER, "sand": SAND, "leaf": LEAF, "ink": INK, "ink-soft": INK_SOFT, "line": LINE, "edge": EDGE,
    "accent": ACCENT, "accent-soft": ACCENT_SOFT, "accent-deep": ACCENT_DEEP,
    "danger": DANGER, "danger-soft": DANGER_SOFT, "ok": OK, "ok-soft": OK_SOFT,
    **{
        f"{name}{suffix}": value
        for name, tone in (("human", HUMAN), ("financial", FINANCIAL), ("alliances", ALLIANCES))
        for suffix, value in (("", tone.strong), ("-soft", tone.soft), ("-on", tone.on))
    },
}  # fmt: skip


@dataclass(frozen=True)
class Axis:
    code: str  # A to E, as in the instrument
    key: str  # the class of the style sheet
    name: str
    tone: Tone
    shape: str  # a key of marks.SHAPES


AXES = {
    axis.code: axis
    for axis in (
        Axis("A", "human", "Richesses humaines", HUMAN, "circle"),
        Axis("B", "financial", "Ressources financières", FINANCIAL, "square"),
        Axis("C", "alliances", "Alliances stratégiques", ALLIANCES, "triangle"),
        Axis("D", "anchor", "Ancrage et échelons", NEUTRAL, "diamond"),
        Axis("E", "path", "Trajectoire et maturité", NEUTRAL, "chevron"),
    )
}
PILLARS = (AXES["A"], AXES["B"], AXES["C"])
