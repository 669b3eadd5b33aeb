"""Take out of an environment what the platform never reads: tests, other languages, other services of Amazon, sources.

A script for a bare ``python3``: ``slim.py /venv`` runs while the image is built. Each rule says why nothing misses it;
``make image`` then starts the site, draws a PDF and makes a backup with what is left.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

# Folders of packages that are reached by no import of a running site.
TESTS = {"tests", "_pyinstaller"}
# plotly draws in a browser with these; here it only computes, and figures are SVG (apps/dashboards/figures).
PLOTLY = ("plotly/labextension", "plotly/package_data/datasets", "plotly/package_data/plotly.min.js",
          "plotly/package_data/widgetbundle.js", "jupyterlab_plotly", "../../../etc/jupyter",
          "../../../share/jupyter")  # fmt: skip
# Our figures have bars and points (apps/dashboards/figures/plotting.py); without Plotly's template, no other trace is loaded.
TRACES = ("bar", "scatter", "layout", "figure", "frame", "deprecations", "graph_objs", "init")
# Of four hundred services of Amazon: files, and the three by which a machine proves who it is.
AMAZON = {"s3", "sts", "sso", "sso-oidc"}
# The site speaks French; Django and allauth fall back on English.
LANGUAGES = ("fr", "en")
# For who compiles against a package or reads it in an editor.
SOURCES = ("*.pyi", "*.pxd", "*.pyx", "*.h", "*.hpp", "*.c", "*.a", "*.po")


def left_out(packages: Path) -> Iterator[Path]:
    """What goes, folders before what they hold."""
    for folder in sorted(path for path in packages.rglob("*") if path.is_dir()):
        if folder.name in TESTS:
            yield folder
        if folder.parent.name == "locale" and not folder.name.startswith((*LANGUAGES, "__")):
            yield folder
    yield from (packages / name for name in PLOTLY)
    for part in (packages / "plotly/graph_objs").iterdir() if (packages / "plotly").is_dir() else ():
        if part.name.strip("_").removesuffix(".py").strip("_") not in TRACES:
            yield part
    for service in (packages / "botocore/data").glob("*/"):
        if service.name not in AMAZON:
            yield service
    for pattern in SOURCES:
        yield from packages.rglob(pattern)
    # Lists of files that are no longer all there; the names, versions and licences stay.
    yield from packages.glob("*.dist-info/RECORD")
    yield from (
        packages / "numpy/f2py",
        *packages.glob("PIL/_avif.*"),
        *packages.glob("pillow.libs/libavif*"),
    )
    # Words are cut in French, and in English where a name is.
    yield from (
        path
        for path in (packages / "pyphen/dictionaries").glob("*.dic")
        if not path.name.startswith(("hyph_fr", "hyph_en"))
    )


def main(environment: Path) -> None:
    for packages in environment.glob("lib/python*/site-packages"):
        for path in list(left_out(packages)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
