"""Who may do what in an organisation, in one place (pure)."""

from apps.accounts.enums import Role

# Edits the organisation's page, opens and closes campaigns.
MANAGERS = (Role.ADMIN, Role.LEAD)

DUTIES: dict[str, str] = {
    Role.ADMIN: "gère la fiche, les membres et les campagnes",
    Role.LEAD: "conduit les campagnes et tient la fiche à jour",
    Role.BOARD: "répond au nom du conseil et lit les résultats",
    Role.STAFF: "répond au nom de l’équipe et lit les résultats",
}
