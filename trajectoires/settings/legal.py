"""Who publishes and who hosts: shown on « mentions légales » and « vos données »; the operator fills them."""

from trajectoires.settings.env import env

_TO_FILL = "à compléter par l’exploitant"
LEGAL = {
    "publisher": env("LEGAL_PUBLISHER", default=_TO_FILL),
    "publisher_address": env("LEGAL_PUBLISHER_ADDRESS", default=_TO_FILL),
    "director": env("LEGAL_DIRECTOR", default=_TO_FILL),
    "host": env("LEGAL_HOST", default=_TO_FILL),
    "host_address": env("LEGAL_HOST_ADDRESS", default=_TO_FILL),
    "data_contact": env("LEGAL_DATA_CONTACT", default=_TO_FILL),
}
