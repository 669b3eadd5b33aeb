"""What each role sees and does in a démarche, in words (pure)."""

from __future__ import annotations

from apps.methodology.enums import SeatRole

DUTIES: dict[str, str] = {
    SeatRole.LEAD: "conduit la démarche, écrit dans tous les outils, compose l’équipe",
    SeatRole.MEMBER: "lit et écrit dans tous les outils, commente",
    SeatRole.BOARD: "lit tout, commente et valide les étapes",
    SeatRole.OBSERVER: "voit où en sont les étapes et leurs dates, jamais ce qui est écrit",
}
EVERYTHING = (
    "tout ce que l’équipe écrit, les comptes de l’association s’ils y sont, et le nom de chaque personne"
)
# For the person who is asked: what she would see, what she would do.
SEES: dict[str, str] = {
    SeatRole.LEAD: EVERYTHING,
    SeatRole.MEMBER: EVERYTHING,
    SeatRole.BOARD: EVERYTHING,
    SeatRole.OBSERVER: "où en sont les huit étapes, leurs dates, et le nom de chaque personne\u00a0; jamais ce qui est écrit",
}
DOES: dict[str, str] = {
    SeatRole.LEAD: "écrire, inviter et retirer des personnes, faire avancer les étapes, passer la main",
    SeatRole.MEMBER: "écrire dans tous les outils, commenter, noter des décisions",
    SeatRole.BOARD: "commenter, et valider une étape ou la renvoyer à l’équipe",
    SeatRole.OBSERVER: "suivre, sans écrire",
}
ASKED = "quand on vous attend dans la discussion, ou pour vos actions"
# What a seat is written to about, and may stop: ``talk.round``, ``methodology.reminders``, ``board.round``.
MAILS: dict[str, str] = {
    SeatRole.LEAD: ASKED,
    SeatRole.MEMBER: ASKED,
    SeatRole.BOARD: f"quand une étape attend l’avis de la gouvernance, {ASKED}",
    SeatRole.OBSERVER: "",
}
ROLE_CHOICES = [(role.value, f"{role.label.capitalize()}\u00a0: {DUTIES[role]}") for role in SeatRole]
