"""deploy/nginx says what deploy/proxy says, to several machines: nothing of it may be sent twice by mistake."""

from __future__ import annotations

import re

from tests.deploy.support import ROOT

SITE = re.sub(r"#.*", "", (ROOT / "deploy/nginx/trajectoires.conf").read_text())
CADDY = (ROOT / "deploy/proxy/Caddyfile").read_text()


def given(directive: str) -> list[str]:
    return re.findall(rf"^\s*{directive}\s+(.+);", SITE, re.M)


def test_what_was_sent_to_a_machine_is_never_sent_to_another() -> None:
    assert given("proxy_next_upstream") == ["error timeout"]
    assert given("proxy_next_upstream_tries") == ["2"]


def test_files_and_forms_have_the_sizes_of_the_other_proxy() -> None:
    sizes = [size.upper() + "B" for size in given("client_max_body_size")]
    assert sizes == ["1MB", "100MB", "210MB"]
    assert set(sizes) == set(re.findall(r"max_size (\S+)", CADDY))
    for path in ("curation/import", "agir/demarches/importer", "agir/comptes/[0-9a-f-]+/fec/$"):
        assert path in SITE
        assert path in CADDY


def test_what_a_visitor_writes_about_herself_does_not_count() -> None:
    told = dict(line.split(" ", 1) for line in given("proxy_set_header"))
    assert told["X-Forwarded-For"] == "$remote_addr"
    assert told["X-Forwarded-Proto"] == "https"


def test_its_own_pages_are_those_of_the_other_proxy() -> None:
    pages = {page for line in given("error_page") for page in re.findall(r"/(\S+\.html)", line)}
    assert pages == {"trop-lourd.html", "indisponible.html"}
    assert all((ROOT / "deploy/proxy" / page).exists() for page in pages)
