"""Rules of the house that a reader of one file cannot see."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
LISTED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
TRACKED = [path for path in LISTED.splitlines() if (ROOT / path).exists()]  # not those just deleted
OURS = ("apps/", "trajectoires/", "templates/", "tests/", "fixtures/", "docs/", "static/css", "static/js")
HTML = [path for path in TRACKED if path.startswith("templates/") and path.endswith(".html")]
PYTHON = [path for path in TRACKED if path.endswith(".py") and "/migrations/" not in path]


@pytest.mark.parametrize("path", PYTHON)
def test_no_file_is_too_long_to_read(path: str) -> None:
    most = 450 if path.startswith("tests/") else 400
    assert len((ROOT / path).read_text().splitlines()) <= most


def test_migrations_are_named_by_intent() -> None:
    names = [Path(p).name for p in TRACKED if "/migrations/0" in p]
    assert names
    assert not [name for name in names if re.match(r"\d+_(auto|alter_|remove_)", name)]


def test_no_machine_path_and_no_registry_in_the_repository() -> None:
    forbidden = re.compile(
        "|".join(
            ["/wo" + "rk/(main|shared)", "/ro" + "ot/", r"index-" + r"url\s*=", "pypi" + r"\.org/simple"]
        )
    )
    for path in TRACKED:
        file = ROOT / path
        if (
            path.startswith(OURS)
            and file.is_file()
            and file.suffix in {".py", ".html", ".md", ".yaml", ".css", ".js"}
        ):
            found = forbidden.search(file.read_text(errors="ignore"))
            assert not found, f"{path}: {found.group()}"


def test_templates_have_no_inline_script_or_style() -> None:
    pattern = re.compile(
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\son[a-z]+=\"|\sstyle=\""
    )
    for path in HTML:
        # Django reads a report's style sheet from a file as well; mails need inline styles and are exempt.
        if not path.startswith("templates/emails/"):
            found = pattern.search((ROOT / path).read_text())
            assert not found, f"{path}: {found.group()}"


def test_every_setting_of_the_environment_is_explained() -> None:
    pattern = re.compile(r"\benv(?:\.\w+)?\(\s*\"([A-Z0-9_]+)\"")
    used = {
        name
        for p in TRACKED
        if p.startswith("trajectoires/settings/")
        for name in pattern.findall((ROOT / p).read_text())
    }
    explained = set(re.findall(r"^#?\s?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert used - explained == set()


def test_the_only_database_is_postgresql_and_celery_is_never_eager() -> None:
    assert settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert not getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)


def test_every_table_of_ours_lives_in_one_schema() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("apps.")]
    assert len(ours) > 30
    assert not [m for m in ours if "." in m._meta.db_table or '"' in m._meta.db_table]


def test_content_uses_french_typography() -> None:
    straight = re.compile(r"\w'\w")
    for path in TRACKED:
        if path.startswith("fixtures/content/"):
            text = (ROOT / path).read_text()
            yaml.safe_load(text)
            found = straight.search(text)
            assert not found, f"{path}: {text[found.start() - 20 : found.end() + 20]}"


# What shows a sentence as it is given: everything else in the method goes through ``nbsp`` in a template.
TELLS = {"Refused", "NotYours", "ValueFault", "ValidationError", "add_error", "JsonResponse"}
MESSAGES = {"success", "info", "warning", "error"}
SHOWN = {"help_text", "label", "error_messages"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def tells(node: ast.Call) -> bool:
    owner = getattr(getattr(node.func, "value", None), "id", "")
    return called(node) in TELLS or (owner == "messages" and called(node) in MESSAGES)


def words(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of the literals of an expression, those given to ``nbsp`` aside."""
    if isinstance(node, ast.Call) and called(node) == "nbsp":
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from words(child)


def shown_as_they_are(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for argument in node.args if tells(node) else []:
                yield from words(argument)
            for keyword in node.keywords:
                if tells(node) or keyword.arg in SHOWN:
                    yield from words(keyword.value)


@pytest.mark.parametrize("path", [path for path in PYTHON if path.startswith("apps/methodology/")])
def test_what_the_method_answers_does_not_break_before_a_sign(path: str) -> None:
    breaking = re.compile(r"(?:^|\S) (?:[:;?!](?![\w/])|»)|« ")
    found = [
        f"{path}:{line}: {text}"
        for line, text in shown_as_they_are(ast.parse((ROOT / path).read_text()))
        if breaking.search(text)
    ]
    assert not found
