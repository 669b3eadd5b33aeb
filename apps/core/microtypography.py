"""French spaces and apostrophes for any prose (pure, no Django)."""

import re
from functools import lru_cache

NARROW = "\u202f"  # before ; ! ? %, inside « », between thousands
NO_BREAK = "\u00a0"  # before :, between a number and its word

_SPACES = "[ \\t\u00a0\u2009\u202f]+"
_GAP = "[ \\t\u00a0\u2009\u202f]*"

# Each alternative is tried at each place, from the top: what must stay as it is comes first.
_RULES = re.compile(
    rf"""
    (?P<keep>
        ```.*?``` | `[^`\n]*`                                       # code in Markdown
      | <(?P<tag>pre|code|kbd|samp|script|style|svg)\b.*?</(?P=tag)\s*>
      | <!--.*?--> | </?[a-zA-Z][^<>]*>                             # one tag with its attributes
      | (?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>«»]*[^\s<>«».,;:!?)]    # an address, not the stop after it
      | (?:mailto|tel|data):[^\s<>«»]+
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | &(?:\#\d+|\#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);
    )
    | (?P<open>«){_GAP}
    | {_GAP}(?P<close>»)
    | (?<=\d){_GAP}(?P<unit>[%€])(?![\w])
    | (?<=[^\W\d_])(?P<apostrophe>')(?=[^\W_]|[«“<&])
    | (?<=\S){_SPACES}(?P<high>[;!?]+)(?![=\[])                      # a space to harden
    | (?<=[\w)\]»”’"…>*])(?P<bare>[;!?]+)(?=[\s)»”"<…*_]|$)           # a space to add
    | (?:(?<=\S){_SPACES}|(?<=[\w)\]»”’"…%€>*]))(?P<colon>:)(?=[\s<»]|$)
    | (?<![\w,.])(?P<thousands>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+)(?![\w])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def _fix(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if match["keep"] is not None or kind is None:
        return match[0]
    if kind == "open":
        return f"«{NARROW}"
    if kind == "apostrophe":
        return "’"
    if kind == "colon":
        return f"{NO_BREAK}:"
    if kind == "thousands":
        return re.sub(r"\s", NARROW, match[0])
    return NARROW + match[kind]


@lru_cache(maxsize=4096)  # most prose is published once and shown at every request
def nbsp(text: str) -> str:
    """`text` with French no-break spaces and typographic apostrophes; hyphens stay. Idempotent.

    Left alone: web and mail addresses, HTML tags and entities, code (Markdown or HTML), times like 18:42.
    """
    return _RULES.sub(_fix, text)
