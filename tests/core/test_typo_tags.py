"""The template library: the same words as the pure module, and nothing for an empty value."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Engine

ENGINE = Engine(libraries={"typo": "apps.core.templatetags.typo"}, builtins=["apps.core.templatetags.typo"])
N, B = "\u202f", "\u00a0"


def render(source: str, **context: Any) -> str:
    return ENGINE.from_string(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|number }}", 1234.5, f"1{N}234,5"),
        ("{{ v|number:1 }}", Decimal(40), "40,0"),
        ("{{ v|number }}", "1234.5", f"1{N}234,5"),
        ("{{ v|percent }}", 0.444, f"44{N}%"),
        ("{{ v|percent:1 }}", 0.444, f"44,4{N}%"),
        ("{{ v|euros }}", 41000, f"41{N}000{N}€"),
        ("{{ v|months }}", 2.1, f"2,1{B}mois"),
        ("{{ v|points }}", 30.4, f"30,4{B}points"),
        ("{{ v|date_long }}", date(2026, 3, 1), f"1er{B}mars 2026"),
        ("{{ v|season }}", date(2026, 10, 5), "automne 2026"),
        ("{{ v|join_list }}", ["a", "b", "<c>"], "a, b et &lt;c&gt;"),
        ("{{ v|de }}", "Les Ateliers", "des Ateliers"),
        ("{{ v|nbsp }}", "<b> oui ?", f"&lt;b&gt; oui{N}?"),
        ("{% plural v 'voix' 'VOIX' %}", 1, "voix"),
        ("{% count v 'personne' 'personnes' %}", 1200, f"1{N}200{B}personnes"),
    ],
)
def test_filters(source: str, value: object, expected: str) -> None:
    assert render(source, v=value) == expected


@pytest.mark.parametrize(
    "name", ["number", "percent", "euros", "months", "date_long", "season", "time_short", "de", "nbsp"]
)
@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_gives_way_to_default(name: str, empty: object) -> None:
    assert render(f"{{{{ v|{name}|default:'non calculé' }}}}", v=empty) == "non calculé"


def test_moments_are_told_in_local_time() -> None:
    late = datetime(2026, 10, 5, 22, 42, tzinfo=UTC)  # the 6th, 0:42, in Paris
    assert render("{{ v|time_short }}", v=late) == f"0{B}h{B}42"
    assert render("{{ v|date_long }}", v=late) == f"6{B}octobre 2026"
    assert render("{% date_range v v %}", v=late) == f"le 6{B}octobre 2026"


def test_a_safe_string_stays_safe() -> None:
    from django.utils.safestring import mark_safe

    assert render("{{ v|nbsp }}", v=mark_safe("<em>oui</em> !")) == f"<em>oui</em>{N}!"
