"""What « network » gets: a réseau that follows the démarche of the table from outside, by its seat.

She is nobody of the association: elsewhere, she gets what a stranger gets.
"""

from __future__ import annotations

# She reads where the steps stand and who is in; leaves, and chooses her mails. She is no member to take the lead.
NETWORK = {
    "method:engagement": 200,
    "method:engagement_step": 200,
    "method:team": 200,
    "method:seat_leave": 302,
    "method:seat_mails": 302,
    "method:take_lead": 404,
    "api:engagement-detail": 200,
}


def network(name: str, arguments: dict[str, str], outsider: int) -> int:
    """Her line; without one, the rest of the démarche is refused (she knows that it is there)."""
    if name.startswith("method:") and arguments.get("pk") == "{engagement}" and outsider == 404:
        return NETWORK.get(name, 403)
    return NETWORK.get(name, outsider)
