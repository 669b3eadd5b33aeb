"""The tree and the square, as values: what they hold and what they say."""

from __future__ import annotations

import pytest

from apps.methodology.levers import square
from apps.methodology.levers.square import Partner, draw, sentence
from apps.methodology.levers.tree import Leaf, branch_names, tree
from apps.methodology.tools.levers import AIMS, PARTNERSHIP_STEPS

NAMES = {"human": "Richesses humaines", "financial": "Ressources financières", "alliances": "Alliances"}
TYPES = ("Mécénat", "Innovation sociétale")


def leaf(title: str = "Louer la salle", **said: object) -> Leaf:
    return Leaf(title=title, url="#", **said)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("leaves", "said"),
    [
        ([], "Aucun levier pour l’instant."),
        ([leaf()], "Aucun levier retenu pour l’instant, sur 1."),
        (
            [leaf(pillar="human", decision="chosen"), leaf(pillar="financial", decision="chosen"), leaf()],
            "2 leviers retenus sur 3 ; aucun sur les alliances.",
        ),
        (
            [leaf(pillar="human", decision="chosen"), leaf(pillar="alliances", decision="later")],
            "1 levier retenu sur 2 ; aucun sur les ressources financières ni sur les alliances.",
        ),
        (
            [leaf(pillar=code, decision="chosen") for code in NAMES],
            "3 leviers retenus sur 3.",
        ),
    ],
)
def test_one_sentence_says_what_is_chosen(leaves: list[Leaf], said: str) -> None:
    assert plain(tree(leaves, NAMES).sentence) == said


def test_what_the_chosen_ones_lack_is_told_by_name() -> None:
    found = tree(
        [
            leaf("A", decision="chosen", has_conditions=True),
            *(leaf(name, decision="chosen", has_risks=True) for name in "BCDE"),
            leaf("F", decision="later"),
        ],
        NAMES,
    )
    assert [plain(text) for text in found.lacking] == [
        "Retenus sans conditions de réussite : « B », « C », « D » et 1 autre.",
        "Retenus sans risque écrit : « A ».",
    ]


def test_the_three_pillars_stand_even_empty_and_levers_keep_their_order() -> None:
    found = tree(
        [
            leaf("un", pillar="human"),
            leaf("deux", pillar="human", branch="Bénévoles"),
            leaf("trois", pillar="human", branch="bénévoles"),
            leaf("quatre", pillar="human", branch="Accueil"),
        ],
        NAMES,
    )
    assert [bough.name for bough in found.boughs] == list(NAMES.values())
    human = found.boughs[0]
    assert [branch.name for branch in human.branches] == ["Bénévoles", "Accueil", ""]
    assert [one.title for one in human.branches[0].leaves] == ["deux", "trois"]
    assert len(found.rows) == 4


def test_a_lever_without_pillar_has_its_place_too() -> None:
    found = tree([leaf("un"), leaf("deux", pillar="ancien-code")], NAMES)
    assert found.boughs[-1].name == "Sans pilier"
    assert len(found.boughs[-1].branches[0].leaves) == 2


def test_decisions_and_dots_are_said_in_words() -> None:
    assert leaf(decision="set_aside").word == "écarté"
    assert plain(leaf(decision="chosen", dots=1).word) == "retenu, 1 pastille"
    assert plain(leaf(dots=0).word) == "à décider, 0 pastille"


def test_branches_are_proposed_once_each() -> None:
    assert branch_names(["Mutualiser", "accueil", "", "Accueil"]) == ["accueil", "Mutualiser"]


# --- the square --------------------------------------------------------------------------------------------------
def partner(number: int = 1, main: str = "means", *others: str, **said: object) -> Partner:
    return Partner(number, f"P{number}", "#", main=main, others=others, **said)  # type: ignore[arg-type]


def test_the_corners_are_the_aims_and_the_steps_are_seven() -> None:
    assert set(square.CORNERS) == {code for code, _ in AIMS}
    assert len(PARTNERSHIP_STEPS) == square.STEPS


def test_the_main_aim_decides_of_the_quarter_and_the_others_pull() -> None:
    for code, (dx, dy, _) in square.CORNERS.items():
        x, y = square.spot(partner(1, code))
        assert (
            (x > square.MIDDLE[0]) - (x < square.MIDDLE[0]),
            (y > square.MIDDLE[1]) - (y < square.MIDDLE[1]),
        ) == (dx, dy)
        every = [other for other in square.CORNERS if other != code]
        near = square.spot(partner(1, code, *every))
        assert (near[0] > square.MIDDLE[0]) == (dx > 0)
        assert abs(near[0] - square.MIDDLE[0]) < abs(x - square.MIDDLE[0])


def test_marks_never_cover_one_another_nor_leave_the_picture() -> None:
    codes = list(square.CORNERS)
    everybody = [
        partner(
            8 * place + rank,
            main,
            *(other for bit, other in enumerate(o for o in codes if o != main) if rank & 1 << bit),
        )
        for place, main in enumerate(codes)
        for rank in range(8)
    ]
    taken: list[square.Box] = []
    for at, number in {square.spot(one): one.number for one in everybody}.items():
        square.mark(at, [number], taken)
    assert len(taken) == 32
    for place, box in enumerate(taken):
        assert box.inside(square.Box(0, 0, square.WIDTH, square.HEIGHT))
        assert not any(box.overlap(other) for other in taken[:place])


def test_partners_of_the_same_aims_share_a_mark_and_the_table_names_each() -> None:
    drawn = draw([partner(number) for number in (1, 2, 3)] + [partner(4, "")])
    assert "1, 2 +1" in drawn.inline()
    assert [row[1] for row in drawn.rows] == ["P1", "P2", "P3", "P4"]
    assert "P1, P2 et P3" in drawn.alt
    assert drawn.rows[3][3] == "–"


def test_the_sentence_tells_what_no_partnership_does() -> None:
    assert sentence([], TYPES) == "Aucun partenariat pour l’instant."
    said = plain(sentence([partner(1, "means", type="Mécénat"), partner(2, "")], TYPES))
    assert said == "2 partenariats ; 1 sans objectif prioritaire ; aucun de type « Innovation sociétale »."
    assert plain(sentence([partner()], TYPES)) == "1 partenariat."
