"""The stages of a workshop in words, and the buttons of the console."""

from __future__ import annotations

from dataclasses import dataclass

from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.workshops.presenters import Screen


@dataclass(frozen=True, slots=True)
class Words:
    """``name`` in the list; ``to_do``: for the person who leads; ``go``: the button that leads here; ``minutes``: usual."""

    name: str
    to_do: str
    go: str
    minutes: int


STAGES: dict[Stage, Words] = {
    Stage.READY: Words(
        "Accueil",
        "Donnez le code, laissez chaque personne lire ce qui est annoncé, puis lancez l’écriture.",
        "Revenir à l’accueil",
        0,
    ),
    Stage.SILENT: Words(
        "Écrire en silence",
        "Personne ne parle. Chaque personne écrit ses cartes, que vous ne voyez pas encore, vous non plus.",
        "Lancer l’écriture en silence",
        7,
    ),
    Stage.GROUPING: Words(
        "Rapprocher",
        "Les cartes sont là, mélangées. Lisez-les à voix haute, placez ensemble celles qui se ressemblent, nommez les groupes.",
        "Montrer les cartes et rapprocher",
        15,
    ),
    Stage.VOTING: Words(
        "Voter",
        "Chaque personne pose ses pastilles. Les comptes se montrent quand vous fermez le vote, pas avant.",
        "Ouvrir le vote",
        5,
    ),
    Stage.TALKING: Words(
        "Discuter",
        "Commencez par les groupes qui divisent. Notez ce qui se dit, marquez ce que vous gardez.",
        "Fermer le vote et discuter",
        20,
    ),
}
ORDER = tuple(STAGES)


@dataclass(frozen=True, slots=True)
class StageRow:
    name: str
    act: str
    is_here: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Drive:
    """``on``: the button to the next stage, None at the last one. ``more``: the moment two minutes later, in seconds."""

    here: Words
    rows: tuple[StageRow, ...]
    on: tuple[str, str] | None
    more: int


def drive(screen: Screen) -> Drive | None:
    """None once it is over."""
    if screen.workshop.is_over:
        return None
    stage = Stage(screen.workshop.stage)
    here = ORDER.index(stage)
    rows = tuple(
        StageRow(words.name, f"stage:{one}", one == stage, place < here)
        for place, (one, words) in enumerate(STAGES.items())
    )
    following = ORDER[here + 1] if here + 1 < len(ORDER) else None
    on = (f"stage:{following}", STAGES[following].go) if following else None
    more = (screen.clock.ends + max(0, -screen.clock.left) + 120) if screen.clock else 0
    return Drive(STAGES[stage], rows, on, more)
