"""The trial of the image without an engine reads the Dockerfile as an engine does. The trial itself: ``make image``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.chroot import Jail, Root
from tests.deploy.dockerfile import UNDERSTOOD, Ignored, UnknownInstructionError, copy, stages, variables
from tests.deploy.image import STANDS_FOR
from tests.deploy.support import ROOT, compose, instructions

DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_every_instruction_of_the_dockerfile_is_understood() -> None:
    found = stages(DOCKERFILE)
    assert set(found) == {"packages", "client", "app", "proxy"}
    assert {keyword for stage in found.values() for keyword, _ in stage.steps} <= UNDERSTOOD
    for name, stage in found.items():
        assert [("FROM", f"{stage.base} AS {name}"), *stage.steps] == instructions(name)


def test_all_that_the_application_is_made_of_can_be_made_in_a_plain_debian() -> None:
    found = stages(DOCKERFILE)
    waiting, made = ["app"], set()
    while waiting:
        stage = found[waiting.pop()]
        made.add(stage.name)
        assert stage.base == STANDS_FOR
        waiting += [copy(rest).origin for key, rest in stage.steps if key == "COPY" and copy(rest).origin]
    assert made == {"packages", "client", "app"}


@pytest.mark.parametrize(
    "line",
    ["ADD x /x", "RUN --mount=type=cache x", "COPY --chown=1 a b", "RUN <<E", "FROM debian", "HEALTHCHECK x"],
)
def test_what_it_does_not_understand_is_refused(line: str) -> None:
    with pytest.raises(UnknownInstructionError):
        stages(f"FROM debian AS one\n{line}\n")


def test_variables_take_the_value_that_stood_before() -> None:
    assert variables("PATH=/venv/bin:$PATH A='b c'", {"PATH": "/bin"}) == {
        "PATH": "/venv/bin:/bin",
        "A": "b c",
    }


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        (".env", True),
        ("apps", False),
        ("apps/core/pdf.py", False),
        ("apps/core/__pycache__", True),
        ("apps/core/__pycache__/pdf.pyc", True),
        ("tests/deploy/chroot.py", True),
        ("deploy/prepare.sh", False),
    ],
)
def test_the_files_left_out_are_those_of_dockerignore(path: str, left_out: bool) -> None:
    assert Ignored((ROOT / ".dockerignore").read_text())(Path(path)) is left_out


def test_the_programs_of_backups_have_the_version_of_the_server() -> None:
    taken = next(copy(rest) for key, rest in instructions("app") if key == "COPY" and "--from=client" in rest)
    major = compose()["services"]["postgres"]["image"].split(":")[1].split("-")[0]
    assert {Path(source).parent.parent.name for source in taken.sources} == {major}
    assert {Path(source).name for source in taken.sources} == {"pg_dump", "pg_restore"}
    assert f"postgresql-client-{major}" in " ".join(rest for _, rest in instructions("client"))


def test_a_process_of_the_image_is_shut_in() -> None:
    words = Root(Path("/r")).words(["true"], jail=Jail(user="10001:10001", read_only=True))
    assert "mount -o remount,bind,ro /r" in " ".join(words)
    assert words[-1] == "true"
    assert {"--no-new-privs", "--reuid", "10001", "--kill-child"} <= set(words)


def test_what_is_thinned_out_is_never_what_the_site_imports(tmp_path: Path) -> None:
    packages = tmp_path / "lib/python3.13/site-packages"
    kept = ("django/conf/locale/fr/LC_MESSAGES/django.mo", "django/conf/locale/__init__.py", "django/test/client.py",
            "botocore/data/s3/2006/service-2.json.gz", "botocore/data/endpoints.json", "plotly/graph_objs/_bar.py",
            "plotly/graph_objs/scatter/__init__.py", "plotly/package_data/templates/plotly.json",
            "pyphen/dictionaries/hyph_fr.dic", "numpy/_core/multiarray.py", "x.dist-info/METADATA")  # fmt: skip
    gone = ("django/conf/locale/de/formats.py", "numpy/_core/tests/test_a.py", "botocore/data/ec2/service-2.json.gz",
            "plotly/graph_objs/_pie.py", "plotly/package_data/plotly.min.js", "pyphen/dictionaries/hyph_de_DE.dic",
            "numpy/_core/include/a.h", "x.dist-info/RECORD")  # fmt: skip
    for name in (*kept, *gone):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text("")
    subprocess.run([sys.executable, str(ROOT / "deploy/slim.py"), str(tmp_path)], check=True)
    assert [name for name in kept if not (packages / name).exists()] == []
    assert [name for name in gone if (packages / name).exists()] == []
