"""Who publishes and who hosts: shown on « mentions légales » and « vos données »; the operator fills them."""

from trajectoires.settings.env import env

_TO_FILL = "à compléter par l’exploitant"
LEGAL = {
    "publisher": env("LEGAL_PUBLISHER", default="") or _TO_FILL,
    "publisher_address": env("LEGAL_PUBLISHER_ADDRESS", default="") or _TO_FILL,
    "director": env("LEGAL_DIRECTOR", default="") or _TO_FILL,
    "host": env("LEGAL_HOST", default="") or _TO_FILL,
    "host_address": env("LEGAL_HOST_ADDRESS", default="") or _TO_FILL,
    "data_contact": env("LEGAL_DATA_CONTACT", default="") or _TO_FILL,
}
