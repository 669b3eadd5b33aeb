"""The Plotly JSON of a table of a release."""

from __future__ import annotations

import hashlib

from apps.dashboards import selectors
from apps.dashboards.figures import gallery
from apps.dashboards.models import Release
from apps.dashboards.releases import view

# Those that the page explains without a picture.
NOT_DRAWN = ("participation", "reperes")


def figure_json(release: Release, key: str) -> str | None:
    """None for a table that has no figure. One query more for the axes, which look back."""
    from apps.dashboards.figures import plotting  # heavy, and for this address alone

    table = view.tables_of(release).get(key)
    if table is None or key in NOT_DRAWN:
        return None
    if key == "axes":
        past = view.history(selectors.axes_before(release, view.PAST_QUARTERS))
        return plotting.as_json(plotting.plot_over_time(table, release.quarter, past))
    return plotting.as_json(plotting.plot(table)) if gallery.is_drawn(table) else None


def etag(body: str) -> str:
    return f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
