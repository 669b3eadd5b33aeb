"""How axes, profiles and small numbers are called in a sentence (pure)."""

from apps.core.figures.palette import AXES

# Subject of a sentence, complement of « s’appuie sur ».
SUBJECTS = {
    "A": "les richesses humaines",
    "B": "les ressources financières",
    "C": "les alliances stratégiques",
    "D": "l’ancrage et les échelons",
    "E": "la trajectoire et la maturité",
}
SUPPORTS = {"A": "les personnes", "B": "les ressources financières", "C": "les alliances"}
PILLAR_OF_SHARE = {"human": "A", "financial": "B", "alliances": "C"}
PROFILES = {
    "a_securiser": "à\u00a0sécuriser",
    "a_reequilibrer": "à\u00a0rééquilibrer",
    "en_construction": "en\u00a0construction",
    "a_deployer": "à\u00a0déployer",
    "a_consolider": "à\u00a0consolider",
}
_WORDS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip


def css_of(code: str) -> str:
    """Class of the axis of a statement or an axis: « A7 » → « human »."""
    return AXES[code[0]].key


def in_words(count: int, feminine: bool = False) -> str:
    """« six » up to sixteen, then digits."""
    if count == 1 and feminine:
        return "une"
    return _WORDS[count] if count < len(_WORDS) else str(count)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
