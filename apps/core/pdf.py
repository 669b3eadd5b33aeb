"""HTML to tagged PDF (PDF/UA-1), reproducible, with no way out to the network or the file system."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = structlog.get_logger(__name__)

# A subset font carries the moment it was made: fontTools writes this one instead.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# A host that cannot exist: relative addresses become absolute, and only ours begin with it.
ORIGIN = "https://static.invalid"


class RefusedAddressError(ValueError):
    """The document asked for something else than a static file of the project."""


class StaticOnlyFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Reads ``data:`` addresses and the project's static files; refuses and logs every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        try:
            path = static_file(url)
        except RefusedAddressError:
            logger.warning("pdf_address_refused", url=url[:200])
            raise
        return URLFetcherResponse(
            url, path.read_bytes(), {"Content-Type": CONTENT_TYPES.get(path.suffix, "")}
        )


CONTENT_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png"}


def static_file(url: str) -> Path:
    """The file behind an address under ``STATIC_URL``, or RefusedAddressError."""
    parts = urlsplit(url)
    prefix = urlsplit(settings.STATIC_URL).path
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN or not path.startswith(prefix):
        raise RefusedAddressError(url)
    name = PurePosixPath(path.removeprefix(prefix))
    if name.is_absolute() or ".." in name.parts or "\x00" in path or name.suffix not in CONTENT_TYPES:
        raise RefusedAddressError(url)
    found = finders.find(str(name))
    # Fingerprinted names exist only among the collected files.
    candidate = Path(found) if isinstance(found, str) else Path(settings.STATIC_ROOT) / name
    if not candidate.is_file():
        raise RefusedAddressError(url)
    return candidate


@dataclass(frozen=True, slots=True)
class PdfFile:
    content: bytes
    pages: int


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # weasyprint has no types
    """Fonts unpacked in a folder that goes with them, in the process that made it and in no fork of it."""

    def __init__(self) -> None:
        self._process = os.getpid()
        super().__init__()

    def __del__(self) -> None:
        # A child inherits its parent's, and would erase the fonts that the parent still draws with.
        if self._process == os.getpid():
            super().__del__()


@lru_cache(maxsize=1)
def _fonts(process: int) -> OwnFonts:
    return OwnFonts()


def font_configuration() -> OwnFonts:
    """Fonts unpacked once a process: its folder of fonts is erased with it, so a fork may not share it."""
    return _fonts(os.getpid())


def render_pdf(html: str, *, at: datetime) -> PdfFile:
    """PDF/UA-1 of a whole HTML page (``lang`` and ``<title>`` required by the format).

    ``at`` is the only date in the file: the same page and date give the same bytes.
    Relative addresses are static files. Raises what WeasyPrint raises on a malformed page.
    """
    document = HTML(string=html, base_url=f"{ORIGIN}/", url_fetcher=StaticOnlyFetcher()).render(
        font_config=font_configuration(), pdf_variant="pdf/ua-1"
    )
    date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.created = document.metadata.modified = date
    return PdfFile(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))
