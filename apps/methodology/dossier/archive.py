"""Everything in one archive: the files that people read, and the data that programs do."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.pdf import render_pdf
from apps.core.typography import count, join_list
from apps.methodology.dossier import data, noting, odt, paper, sealed, sheets
from apps.methodology.dossier.contents import Contents

README = "LISEZ-MOI.txt"
# Beyond, the paper takes a worker longer than it has: the archive comes without, and says so.
LONGEST = 200_000


def write(contents: Contents) -> bytes:
    """Without the votes on scenarios: they name people of this démarche, and another one has its own team."""
    now, began = timezone.now(), time.monotonic()
    if contents.simulation:
        contents = replace(contents, simulation=contents.simulation.without_votes())
    parts = {
        "dossier.odt": odt.write(contents),
        "donnees.xlsx": sheets.to_xlsx(contents),
        "donnees.ods": sheets.to_ods(contents),
    }
    if has_paper := length(contents) <= LONGEST:
        parts["dossier.pdf"] = render_pdf(paper.html(contents), at=now).content
    parts |= {
        name: data.dumped(said)
        for name, said in data.files(contents, at=now, platform=settings.SITE_URL).items()
    }
    notes = sealed.papers(contents, began=began)
    said = readme(contents, now, has_paper, notes)
    return zipped({README: said.encode(), **parts, **notes.files}, now)


def length(contents: Contents) -> int:
    """Characters of what was written."""
    fields = sum(len(field.words) for thing in contents.things() for field in thing.fields)
    notes = sum(note.length for note in contents.notes)
    return fields + notes + sum(len(remark.text) for step in contents.steps for remark in step.remarks)


def zipped(parts: dict[str, bytes], at: datetime) -> bytes:
    out = io.BytesIO()
    moment = timezone.localtime(at).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            made.writestr(info, content)
    return out.getvalue()


def readme(contents: Contents, at: datetime, has_paper: bool, notes: sealed.NotePapers) -> str:
    """Plain text, with the line ends that every program shows."""
    held = [note for note in contents.notes if sealed.name(note) in notes.files]
    things = sum(1 for _ in contents.things())
    context = {
        "contents": contents,
        "at": at,
        "has_paper": has_paper,
        "notes": [(sealed.name(note), noting.in_archive(note)) for note in held],
        "has_seal": any(not note.came_at for note in held),
        "missing": join_list([str(number) for number in notes.missing]) if notes.missing else "",
        "is_one_missing": len(notes.missing) == 1,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "version": data.VERSION,
        "items": count(things, "élément", "éléments"),
    }
    return render_to_string("methodology/dossier/readme.txt", context).replace("\n", "\r\n")
