"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from apps.core.processings import CONSENT, INNER, OTHERS, Fate, Processing

PROCESSINGS = (
    Processing(
        model="support.SupportGrant",
        name="Accord d’aide\u00a0: son motif, ses dates",
        purpose="Laisser l’équipe regarder avec vos yeux, quand vous le voulez",
        legal_basis=CONSENT,
        retention="Un an après sa fin",
        fate=Fate.ERASED,
        paths=("user",),
        export=("purpose", "given_at", "until", "withdrawn_at"),
    ),
    Processing(
        model="support.SupportVisit",
        name="Visites de l’aide\u00a0: début, fin, nombre de pages",
        purpose="Vous dire qui a regardé, et quand",
        legal_basis=CONSENT,
        retention="Un an après la fin de l’accord",
        fate=Fate.ERASED,
        paths=("grant__user",),
        export=("started_at", "ended_at", "pages"),
        withheld={INNER: ("limit", "end"), OTHERS: ("operator",)},
    ),
)
