"""What a figure lets one see, in a sentence made from published numbers alone (pure). Nothing shown, nothing claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.core.microtypography import nbsp
from apps.core.typography import count, join_list, number
from apps.dashboards.figures.balance_cells import place
from apps.dashboards.figures.protected import Cell, Row, Table

# Two points are needed before a mean is said to have moved: whole numbers hide up to one.
MOVE = 2
SHORT = {
    "A": "les richesses humaines",
    "B": "les ressources financières",
    "C": "les alliances",
    "D": "l’ancrage",
    "E": "la trajectoire",
}
NOTHING = {
    "participation-region": "Aucune région n’a encore assez d’associations pour être montrée.",
    "participation-taille": "Aucune tranche de budget n’a encore assez d’associations pour être montrée.",
    "participation-fragilite": "Aucun domaine n’a encore assez d’associations pour être montré.",
}
NOTHING_SHOWN = "Trop peu d’associations pour montrer ces chiffres sans en trahir une."
# Words before the largest row of a count.
LEADS = {
    "participation-region": "La région la plus représentée : ",
    "participation-taille": "Le plus souvent : ",
    "participation-fragilite": "La fragilité la plus souvent choisie : ",
    "profils": "Le profil le plus fréquent : ",
    "alertes": "L’alerte la plus fréquente : ",
    "forces": "La force la plus citée : ",
    "fragiles": "Le point le plus souvent fragile : ",
    "partenariats": "Le partenariat le plus répandu : ",
    "parcours": "L’étape la plus suivie : ",
    "methode": "L’étape la plus souvent franchie : ",
}
LEADS_PLURAL = {
    "participation-region": "Les régions les plus représentées : ",
    "participation-taille": "Le plus souvent : ",
    "participation-fragilite": "Les fragilités les plus souvent choisies : ",
    "profils": "Les profils les plus fréquents : ",
    "alertes": "Les alertes les plus fréquentes : ",
    "forces": "Les forces les plus citées : ",
    "fragiles": "Les points les plus souvent fragiles : ",
    "partenariats": "Les partenariats les plus répandus : ",
    "parcours": "Les étapes les plus suivies : ",
    "methode": "Les étapes les plus souvent franchies : ",
}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower(words: str) -> str:
    """« Avec salariés » inside a sentence; an initial like « CA » stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def say(table: Table) -> str:
    """The sentence above the figure of a table."""
    if not any(row.is_visible for row in table.rows):
        return NOTHING.get(table.key, NOTHING_SHOWN)
    special = {
        "participation-region": regions,
        "axes": axes,
        "distribution-axes": distribution,
        "equilibre": balance,
        "regards": voices,
        "finances": finances,
        "ressources": resources,
        "evolution": change,
    }
    if table.key == "participation":
        return nbsp(f"{capital(about(table.rows[0].cell))}.")
    if table.key in special:
        return nbsp(special[table.key](table))
    return nbsp(largest(table)) if table.kind == "count" else table.title


def top_rows(table: Table) -> list[Row]:
    shown = [row for row in table.rows if row.cell.is_shown]
    most = max(row.cell.n for row in shown)
    return [row for row in shown if row.cell.n == most]


def about(cell: Cell) -> str:
    share = cell.get("share")
    part = f", soit {share} %" if share else ""
    return f"environ {count(cell.n, 'association', 'associations')}{part}"


def largest(table: Table) -> str:
    top = top_rows(table)
    if len(top) > 3:
        return f"{capital(_number_word(len(top)))} lignes sont à égalité, à {about(top[0].cell)}."
    leads = LEADS if len(top) == 1 else LEADS_PLURAL
    named = str if table.key == "participation-region" else lower
    names = join_list(named(row.label) for row in top)
    equal = "à égalité, " if len(top) > 1 else ""
    return f"{leads.get(table.key, '')}{names}, {equal}{about(top[0].cell)}."


def _number_word(n: int) -> str:
    words = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    return words[n] if n < len(words) else number(n)


def regions(table: Table) -> str:
    """Two régions alone when they stand out; the share is of the numbers printed beside the map."""
    shown = [row for row in table.by_size() if row.cell.is_shown]
    if len(shown) < 3 or not table.total or shown[2].cell.n == shown[1].cell.n:
        return largest(table)
    first, second = shown[:2]
    share = round(100 * (first.cell.n + second.cell.n) / table.total)
    return f"{first.label} et {second.label} rassemblent environ {share} % des associations montrées."


def axes(table: Table) -> str:
    means = {
        key: table.rows[0].cells[key].get("mean")
        for key, _ in table.columns
        if table.rows[0].cells[key].is_shown
    }
    values = {key: value for key, value in means.items() if value is not None}
    if len(values) < 2:
        return NOTHING_SHOWN
    low, high = min(values.values()), max(values.values())
    if low == high:
        return f"Les axes montrés sont tous à {low} sur 100."
    best = join_list(SHORT[key] for key, value in values.items() if value == high)
    worst = join_list(SHORT[key] for key, value in values.items() if value == low)
    return f"Au plus haut, {best}, à {high} sur 100 ; au plus bas, {worst}, à {low}."


def over_time(series: Mapping[str, Sequence[int | None]]) -> str:
    """``series``: by axis, the means from the oldest quarter to this one. Nothing to compare: an empty sentence."""
    groups: dict[str, list[str]] = {"up": [], "down": [], "same": []}
    for key, values in series.items():
        known = [value for value in values[:-1] if value is not None]
        now = values[-1] if values else None
        if now is None or not known:
            continue
        moved = now - known[0]
        groups["up" if moved >= MOVE else "down" if moved <= -MOVE else "same"].append(key)
    said = [
        _moved(groups["up"], "monte", "montent"),
        _moved(groups["down"], "baisse", "baissent"),
        _still(groups["same"], series),
    ]
    between = ", " if all(len(keys) < 2 for keys in groups.values()) else " ; "
    sentence = between.join(part for part in said if part)
    return nbsp(f"{capital(sentence)}.") if sentence else ""


def _verb(keys: Sequence[str], one: str, many: str) -> str:
    return many if len(keys) > 1 or keys[0] in "ABC" else one


def _moved(keys: Sequence[str], one: str, many: str) -> str:
    if len(keys) == len(SHORT):
        return f"les cinq axes {many}"
    return f"{join_list(SHORT[key] for key in keys)} {_verb(keys, one, many)}" if keys else ""


def _still(keys: Sequence[str], series: Mapping[str, Sequence[int | None]]) -> str:
    if not keys:
        return ""
    at = {series[key][-1] for key in keys}
    where = f" à {at.pop()}" if len(at) == 1 else " presque au même point"
    return f"{join_list(SHORT[key] for key in keys)} {_verb(keys, 'reste', 'restent')}{where}"


def distribution(table: Table) -> str:
    """Where most stand, axis by axis, for the two first axes that say it whole."""
    parts = []
    for row in table.rows:
        if all(cell.state in ("shown", "zero") for cell in row.cells.values()):
            most = max(cell.n for cell in row.cells.values())
            bands = [label for key, label in table.columns if row.cells[key].n == most]
            if len(bands) == 1:
                parts.append((SHORT[row.key], bands[0]))
    if not parts:
        return "Des tranches sont masquées : ces répartitions se lisent sans leurs extrémités."
    said = f"Pour {parts[0][0]}, la tranche la plus fournie va {parts[0][1]}"
    return said + (f" ; pour {parts[1][0]}, {parts[1][1]}." if len(parts) > 1 else ".")


def balance(table: Table) -> str:
    top = top_rows(table)
    if len(top) > 2:
        return f"{capital(_number_word(len(top)))} cases du triangle sont à égalité, à {about(top[0].cell)} chacune."
    lead = "La case la plus peuplée" if len(top) == 1 else "Les deux cases les plus peuplées"
    hidden = any(row.cell.state == "hidden" for row in table.rows)
    return f"{lead}{', parmi celles qui se montrent' if hidden else ''} : {' et '.join(place(row.key) for row in top)}, {about(top[0].cell)}."


def voices(table: Table) -> str:
    shares = {
        row.key: row.cells["board_higher"].get("share")
        for row in table.rows
        if row.cells["board_higher"].is_shown
    }
    known = {key: share for key, share in shares.items() if share is not None}
    if not known:
        return "Les regards de la gouvernance et de l’équipe, axe par axe."
    most = max(known.values())
    names = join_list(SHORT[key] for key, share in known.items() if share == most)
    return f"C’est sur {names} que la gouvernance voit le plus souvent plus haut que l’équipe : {most} % des associations."


def finances(table: Table) -> str:
    row = next(
        (row for row in table.rows if all(cell.get("share") is not None for cell in row.cells.values())), None
    )
    if row is None:
        return "Des tranches sont masquées : lisez celles qui restent."
    key, cell = max(row.cells.items(), key=lambda item: item[1].get("share") or 0)
    return f"{row.label} : {row.labels.get(key, key)} pour {cell.get('share')} % de celles qui ont donné ce chiffre."


def resources(table: Table) -> str:
    shown = [row for row in table.rows if row.cell.is_shown]
    high = max(row.cell.get("high") or 0 for row in shown)
    top = [row for row in shown if row.cell.get("high") == high]
    band = (top[0].cell.values or {}).get("band", "")
    names = join_list(lower(row.label) for row in top)
    return f"{'La première source' if len(top) == 1 else 'Les premières sources'}, parmi celles montrées : {names}, {band}."


def change(table: Table) -> str:
    whole = {row.key: row for row in table.rows if all(cell.is_shown for cell in row.cells.values())}
    if not whole:
        return NOTHING_SHOWN
    series = {
        key: (row.cells["before"].get("mean"), row.cells["now"].get("mean")) for key, row in whole.items()
    }
    return over_time(series) or "Rien ne bouge de plus d’un point."
