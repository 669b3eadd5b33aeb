"""Trusted Types in a real browser: what would run is refused, what people write is kept, and normal use is never stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.method import box, opened, write
from tests.e2e.watch import Watch

pytestmark = pytest.mark.e2e
WORDS = "ONG < 12 = x & <b>gras</b>"
# Run by a timer, as a script of the page would be: what a debugger asks directly escapes the policy.
TRY = """(attempts) => new Promise((told) => setTimeout(() => {
  window.ran = 0;
  const place = document.body.appendChild(document.createElement("div"));
  const tries = {
    image: () => { place.innerHTML = '<img src="x" onerror="window.ran=1">'; },
    image_unquoted: () => { place.innerHTML = '<img src=x onerror=window.ran=1>'; },
    svg: () => { place.insertAdjacentHTML("beforeend", '<svg onload="window.ran=1"></svg>'); },
    frame: () => { place.innerHTML = '<iframe srcdoc="&lt;script&gt;parent.ran=1&lt;/script&gt;"></iframe>'; },
    link: () => { place.innerHTML = '<a href="java&#115;cript:window.ran=1">x</a>'; },
    outer: () => { place.appendChild(document.createElement("p")).outerHTML = '<p onclick="window.ran=1">x</p>'; },
    written: () => { document.write('<img src=x onerror="window.ran=1">'); },
    source: () => { document.createElement("script").src = "https://mal.example/x.js"; },
    data_source: () => { document.createElement("script").src = "data:text/javascript,window.ran=1"; },
    text: () => { document.createElement("script").text = "window.ran=1"; },
    evaluated: () => { eval("window.ran=1"); },
    made: () => { new Function("window.ran=1")(); },
    timer: () => { setTimeout("window.ran=1", 0); },
  };
  const found = {};
  for (const [name, attempt] of Object.entries(tries)) {
    try { attempt(); found[name] = "passed"; } catch (error) { found[name] = error.name; }
  }
  place.innerHTML = '<script>window.ran=1</' + 'script><p>après</p>';
  const scripts = place.querySelectorAll("script").length;
  place.innerHTML = "<p>« ONG &lt; 12 = x »</p><p title='a < b onclick=c'>« 2 > 1 »</p>";
  const kept = place.textContent;
  setTimeout(() => { place.remove(); told({found, scripts, kept, ran: window.ran}); }, 300);
}, 0))"""


def tried(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = page.evaluate(TRY)
    return told


def library(page: Page) -> None:
    """Typed in the search: htmx brings the results."""
    page.goto("/bibliotheque/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("ONG < 12 = x")
    expect(page).to_have_url(re.compile("q=ONG"))
    expect(field).to_have_value("ONG < 12 = x")
    expect(page.locator("#resultats")).to_be_visible()


def home(page: Page) -> None:
    page.goto("/")


def plotly(page: Page) -> None:
    page.goto("/publications/")
    page.get_by_role("link", name="Lire la publication").click()
    figure = page.locator("#figure-axes")
    figure.get_by_role("button", name="Explorer").click()
    expect(figure.locator("svg.main-svg").first).to_be_visible()


def refused(page: Page, watch: Watch) -> None:
    """After normal use, which nothing stopped."""
    assert not watch.found, "\n".join(watch.found)
    told = tried(page)
    assert set(told["found"].values()) <= {"TypeError", "EvalError"}, told["found"]
    assert (told["ran"], told["scripts"]) == (0, 0)
    assert told["kept"] == "« ONG < 12 = x »« 2 > 1 »"
    # The browser tells the console of what it refused: that is what was asked for here.
    watch.found[:] = [one for one in watch.found if not re.search("Trusted|eval|policy", one, re.I)]


@pytest.mark.parametrize("use", [home, library, plotly], ids=lambda use: use.__name__)
def test_nothing_that_could_run_comes_into_a_page(
    use: Callable[[Page], None], page: Page, watch: Watch
) -> None:
    use(page)
    refused(page, watch)


def test_what_a_team_writes_comes_back_as_it_was(page_of: Callable[..., Page], watch: Watch) -> None:
    page = page_of("referente")
    page.goto(f"{opened(page, 'Vers 2030')}outils/cadrage/")
    before = box(page, "mandate").locator("[name^='v-']").first.input_value()
    write(page, "mandate", WORDS)
    page.reload()
    expect(box(page, "mandate").locator("[name^='v-']").first).to_have_value(WORDS)
    refused(page, watch)
    write(page, "mandate", before)
