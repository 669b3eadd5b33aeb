"""Every refusal and every remark, in plain French: what was met, then what to do and where. Never a reproach.

Sentences are written with plain spaces: ``nbsp`` hardens them. ``{…}`` are filled with excerpts already made harmless.
"""

from __future__ import annotations

from datetime import date

from apps.core.microtypography import nbsp
from apps.ledger.fec.shape import FecFault, Remark

AGAIN = (
    "Dans le logiciel de comptabilité, refaites l’export du FEC (souvent : Fichier ou Outils, Exporter, FEC)"
)
TEXT = "et choisissez le format texte, séparé par des tabulations ou des barres verticales."
RESTART = f"{AGAIN} {TEXT}"
NOT_OPENED = (
    "Envoyez le fichier texte lui-même, tel que le logiciel l’a écrit, sans l’ouvrir dans un tableur."
)
IN_ENTRY = "Retrouvez l’écriture dans le logiciel, à cette date et dans ce journal"

FAULTS: dict[str, tuple[str, str]] = {
    "empty": ("Le fichier est vide.", f"{AGAIN} en choisissant l’exercice à lire."),
    "header_only": (
        "Le fichier ne contient que la ligne des titres : aucune écriture.",
        f"{AGAIN} en vérifiant l’exercice et les journaux choisis.",
    ),
    "binary": ("Le fichier est {kind}, pas un FEC en texte.", f"{AGAIN} {TEXT}"),
    "archive": (
        "Le fichier est {kind} : il n’est pas ouvert, pour des raisons de sécurité.",
        "Décompressez-le sur votre ordinateur, puis envoyez le fichier texte qu’il contient.",
    ),
    "ebcdic": (
        "Le fichier est écrit en EBCDIC, le codage des grands systèmes.",
        f"{AGAIN} en choisissant le codage UTF-8 ou ISO 8859-15.",
    ),
    "encoding": (
        "Le fichier annonce un codage UTF-16, mais certains caractères ne peuvent pas être lus.",
        f"{AGAIN} en choisissant le codage UTF-8 ou ISO 8859-15.",
    ),
    "nul": (
        "Le fichier contient des octets nuls : ce n’est pas du texte, ou il s’est abîmé en route.",
        f"{RESTART} {NOT_OPENED}",
    ),
    "long_line": (
        "Cette ligne dépasse {limit} caractères : une ligne de FEC en compte quelques centaines.",
        f"{RESTART} {NOT_OPENED}",
    ),
    "too_many_lines": (
        "Le fichier dépasse {limit} lignes.",
        f"{AGAIN} pour un seul exercice et, si le logiciel le propose, en regroupant les écritures par mois.",
    ),
    "too_many_accounts": (
        "Le fichier compte plus de {limit} comptes différents selon les journaux.",
        "Vérifiez que la colonne CompteNum porte le compte général ; le compte de chaque personne va dans CompAuxNum.",
    ),
    "long_value": (
        "La colonne {column} dépasse {limit} caractères : elle contient sans doute autre chose.",
        "Dans le logiciel, vérifiez à l’export que chaque colonne porte ce que son titre annonce.",
    ),
    "too_many_journals": (
        "Le fichier compte plus de {limit} journaux : la colonne JournalCode contient sans doute autre chose.",
        "Dans le logiciel, vérifiez à l’export que JournalCode porte bien le code du journal (AC, BQ, OD…).",
    ),
    "too_many_open": (
        "Plus de {limit} écritures restent en déséquilibre à cet endroit : la lecture s’arrête.",
        "Vérifiez que la colonne EcritureNum porte le même numéro sur toutes les lignes d’une écriture.",
    ),
    "header": (
        "La première ligne ne donne pas les titres des colonnes d’un FEC : {excerpt}.",
        f"{AGAIN} avec la ligne de titres (JournalCode, JournalLib, EcritureNum…).",
    ),
    "columns_missing": (
        "Il manque des colonnes sur la ligne des titres : {names}.",
        f"{AGAIN} avec les dix-huit colonnes de l’article A47 A-1 ; un modèle réglé à la main a pu en retirer.",
    ),
    "column_twice": (
        "Deux colonnes portent le même titre : {names}.",
        f"{AGAIN} avec les colonnes d’origine, sans en ajouter.",
    ),
    "separator": (
        "Les colonnes sont séparées par {mark}.",
        f"Un FEC se sépare par des tabulations ou des barres verticales. {AGAIN}. {NOT_OPENED}",
    ),
    "columns": (
        "Cette ligne a {found} colonnes, la ligne des titres en a {expected}.",
        "Cherchez dans le libellé de l’écriture un retour à la ligne ou le caractère qui sépare les colonnes ({mark}) :"
        " retirez-le dans le logiciel, puis refaites l’export.",
    ),
    "mixed_separators": (
        "Cette ligne est séparée par {other}, alors que les titres le sont par {mark}.",
        f"{AGAIN} en une seule fois, plutôt que de réunir plusieurs exports à la main.",
    ),
    "shifted": (
        "Les valeurs de cette ligne sont décalées : {excerpt} se trouve dans la colonne {column}.",
        "Une case a été ajoutée ou retirée avant : refaites l’export depuis le logiciel, sans passer par un tableur.",
    ),
    "truncated": (
        "Le fichier s’arrête au milieu de cette ligne : il est incomplet.",
        "Refaites l’export en le laissant finir, puis envoyez le nouveau fichier ; une clé ou un disque plein coupe"
        " aussi les fichiers.",
    ),
    "two_files": (
        "La ligne des titres revient ici : deux fichiers ont été mis bout à bout.",
        "Envoyez un fichier par exercice, l’un après l’autre.",
    ),
    "date": (
        "La date {excerpt} n’est pas une date lisible (attendu : année, mois, jour, comme 20240131).",
        "Corrigez la date de l’écriture dans le logiciel, puis refaites l’export du FEC avec les dates en AAAAMMJJ.",
    ),
    "date_excel": (
        "La date {excerpt} est un numéro de jour, comme en écrit un tableur.",
        f"{AGAIN}. {NOT_OPENED}",
    ),
    "date_ambiguous": (
        "Les dates sont écrites comme {excerpt} : rien ne dit où sont le jour et le mois.",
        f"{AGAIN} avec les dates en AAAAMMJJ.",
    ),
    "date_mixed": (
        "La date {excerpt} n’est pas écrite comme les précédentes.",
        f"{AGAIN} avec toutes les dates en AAAAMMJJ.",
    ),
    "amount": (
        "Le montant {excerpt} n’est pas un nombre lisible.",
        f"{IN_ENTRY}, et vérifiez le débit et le crédit ; puis refaites l’export.",
    ),
    "amount_excel": (
        "Le montant {excerpt} est écrit à la façon d’un tableur : des chiffres y ont été perdus.",
        f"{AGAIN}. {NOT_OPENED}",
    ),
    "amount_decimals": (
        "Le montant {excerpt} a plus de deux décimales.",
        f"{AGAIN} avec des montants au centime ; si le point sépare les milliers, retirez ce réglage.",
    ),
    "amount_large": (
        "Le montant {excerpt} dépasse dix milliards d’euros.",
        f"{IN_ENTRY}, et vérifiez le montant ; puis refaites l’export.",
    ),
    "formula": (
        "La case {excerpt} contient une formule de tableur à la place d’une valeur ; elle n’est pas calculée.",
        f"{AGAIN}. {NOT_OPENED}",
    ),
    "sens": (
        "Le sens {excerpt} n’est ni un débit (D ou +1) ni un crédit (C ou -1).",
        f"{AGAIN} avec les colonnes Debit et Credit, ou avec un sens D ou C.",
    ),
    "both_sides": (
        "Cette ligne porte à la fois un débit ({debit}) et un crédit ({credit}).",
        f"{IN_ENTRY}, et séparez les deux montants sur deux lignes ; puis refaites l’export.",
    ),
    "account_missing": (
        "Cette ligne n’a pas de numéro de compte.",
        f"{IN_ENTRY}, et donnez-lui un compte ; puis refaites l’export.",
    ),
    "account": (
        "Le compte {excerpt} ne commence pas par deux chiffres du plan comptable.",
        "Vérifiez que la colonne CompteNum porte le compte général (401000, 706000…) ; le compte d’une personne ou"
        " d’un fournisseur va dans CompAuxNum.",
    ),
    "account_class": (
        "Le compte {excerpt} est de classe 0, qui n’existe pas au plan comptable des associations.",
        "Dans le logiciel, changez le numéro de ce compte ou retirez ses lignes de l’export.",
    ),
    "currency": (
        "Toutes les écritures sont en {excerpt} : la comptabilité ne semble pas tenue en euros.",
        "Envoyez un FEC dont les colonnes de débit et de crédit sont en euros, ou saisissez vos totaux à la main.",
    ),
    "unbalanced_entry": (
        "L’écriture {entry} du journal {journal} se termine ici avec un écart de {gap} entre débit et crédit{more}.",
        f"{IN_ENTRY} : une de ses lignes manque ou son montant a changé. Équilibrez-la, puis refaites l’export.",
    ),
    "unbalanced_end": (
        "L’écriture {entry} du journal {journal} est la dernière du fichier et s’arrête avec un écart de {gap}{more}.",
        "Le fichier semble coupé avant sa fin : refaites l’export en le laissant finir.",
    ),
    "entry_by_line": (
        "Presque chaque ligne porte son propre numéro d’écriture : aucune écriture ne peut être vérifiée"
        " ({count} en déséquilibre, la première se termine ici, écart de {gap}).",
        "Dans l’export, la colonne EcritureNum doit porter le numéro de l’écriture, le même sur toutes ses lignes,"
        " et non celui de la ligne.",
    ),
    "unbalanced_file": (
        "Le total des débits ({debit}) et celui des crédits ({credit}) diffèrent de {gap}.",
        f"{AGAIN} pour l’exercice entier et tous les journaux : il manque des écritures.",
    ),
    "two_years": (
        "Le fichier va du {first} (ligne {first_line}) au {last} (ligne {last_line}) : il contient {why}.",
        f"{AGAIN} exercice par exercice et envoyez un fichier pour chacun ; si une seule date est fausse,"
        " corrigez-la dans le logiciel.",
    ),
    "closed_year": (
        "Tous les comptes de charges et de produits finissent à zéro : les écritures de clôture sont mêlées aux autres.",
        f"{AGAIN} sans les écritures de clôture (souvent une case à décocher), comme la loi le demande.",
    ),
}

REMARKS: dict[str, str] = {
    "dates": "Les dates sont écrites {form} au lieu de AAAAMMJJ ; elles se lisent sans ambiguïté.",
    "encoding": "Le fichier mêle plusieurs codages : des accents ont pu être mal lus dans les libellés.",
    "columns_absent": "Colonnes prévues par la loi et absentes, sans effet ici : {names}.",
    "columns_ignored": "Colonnes en plus, laissées de côté : {names}.",
    "sections": "La colonne {name} donne le code analytique : les totaux sont aussi faits par section.",
    "sections_dropped": "La colonne {name} contient trop de valeurs différentes pour un code analytique : elle est laissée de côté.",
    "trailing": "Des lignes finissent par une colonne vide en trop : elle est laissée de côté.",
    "duplicates": "{count} lignes sont exactement les mêmes qu’une autre (la première ici). Vérifiez qu’une écriture n’a pas été exportée deux fois.",
    "duplicate": "Cette ligne est exactement la même qu’une autre. Vérifiez qu’elle n’a pas été exportée deux fois.",
    "formula": "Un libellé commence par = ou @, comme une formule de tableur : il est gardé comme un simple texte.",
    "negative": "Montants négatifs : {count} (le premier ici). Ils sont comptés tels quels, les écritures restent équilibrées.",
    "unnumbered": "Écritures sans numéro : {count} (la première ici). Seul l’équilibre de tout le fichier a pu être vérifié pour elles.",
    "foreign": "Écritures dans une autre monnaie que l’euro : {count} ({names}). Les montants lus sont ceux en euros, au débit et au crédit.",
    "opening": "Les soldes du début d’exercice sont pris à part : {names}.",
    "opening_movements": "Le journal {name} d’à-nouveaux contient aussi des charges ou des produits : ils comptent dans l’exercice.",
    "closing": "Écritures de clôture mises à part : {count} (la première ici). Sans cela, le résultat serait nul.",
    "closing_in_kind": "Les contributions volontaires en nature (86 et 87) ont aussi été soldées à la clôture : leurs montants d’avant sont repris.",
    "class_9": "Les comptes de classe 9 (comptabilité analytique) sont mis à part : {count} en tout, {amount} au débit.",
    "class_8": "Des comptes de classe 8 autres que 86 et 87 sont présents : {names}. Ils ne comptent ni dans les charges ni dans les produits.",
    "long_year": "L’exercice couvre {count} mois : c’est permis pour un premier exercice ou un changement de date. Vérifiez qu’il n’y en a pas deux.",
    "short_year": "Les écritures couvrent {count} mois. Si l’exercice en compte douze, vérifiez que rien ne manque.",
}


def excerpt(text: str, limit: int = 40) -> str:
    """What was met, in quotes, harmless and short. Braces cannot reach ``format``: it is only given as a value."""
    kept = "".join(c if c.isprintable() else " " for c in text[: limit * 4]).strip()
    return nbsp("« {} »").format(kept[:limit] + ("…" if len(kept) > limit else "")) if kept else "vide"


def euros(cents: int) -> str:
    """``1 234,50 €`` from cents, without going through a float."""
    whole, rest = divmod(abs(cents), 100)
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{whole:,}".replace(",", "\u202f") + f",{rest:02d}\u00a0€"


def french(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def said(text: str, values: dict[str, object]) -> str:
    """A sentence filled; whole numbers get their thousands apart."""
    spaced = {
        key: f"{one:,}".replace(",", "\u202f") if isinstance(one, int) else one for key, one in values.items()
    }
    return nbsp(text).format(**spaced)


def fault(code: str, line: int | None = None, **values: object) -> FecFault:
    reason, remedy = FAULTS[code]
    return FecFault(code, said(reason, values), said(remedy, values), line)


def remark(code: str, line: int | None = None, **values: object) -> Remark:
    return Remark(code, line, said(REMARKS[code], values))
