"""« de » before a French word or name (pure, no Django)."""

import re
import unicodedata

# Enough of the words that refuse the elision (h aspiré, onze, yoga), for names; all others take it.
_REFUSES = re.compile(
    r"h(?:ach|ack|aies?\b|ain|all|alt|amb|ame|and|ang|anch|arc|ard|aras|aric|arn|arp|asard|ate|aus|aut|avr|eriss"
    r"|eros\b|eron\b|etr|eurt|ibou|ier|ip\b|ip-|ipp(?:y|ie)|obby|oll|om(?:ard|e\b)|ong|ont|ors|ou|ub|uit(?!r)|upp|url|ut)"
    r"|onz|oui\b|ouist|y(?!onne|eu\b|erres)[aeiou]"
)


def without_accents(text: str) -> str:
    """« modèle » → « modele »; other signs stay."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _elides(word: str) -> bool:
    plain = without_accents(word.lower()).replace("œ", "oe").replace("æ", "ae").lstrip("«“\"'( \u00a0\u202f")
    return plain.startswith(tuple("aeiouyh")) and not _REFUSES.match(plain)


def elide(word: str) -> str:
    """« de » before a word: « d’action », « de marmite », « de handicap »."""
    if not word:
        return ""
    return f"d’{word}" if _elides(word) else f"de {word}"


def de(name: str) -> str:
    """« de » before an organisation's name: « des Ateliers », « du Relais », « de la Ruche », « d’Art »."""
    name = name.strip()
    article = re.match(r"(les?|la)\s+|l['’]\s*", name, re.IGNORECASE)
    if article is None or article.end() == len(name):
        return elide(name)
    merged = {"les": "des ", "le": "du ", "la": "de la ", "": "de l’"}
    return merged[(article[1] or "").lower()] + name[article.end() :]
