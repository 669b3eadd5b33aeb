"""A FEC (fichier des écritures comptables, article A47 A-1 du livre des procédures fiscales) read as a stream (pure).

``read`` never raises anything but ``FecFault``, keeps nothing but totals by account, and never decompresses.
"""

from apps.ledger.fec.reader import read
from apps.ledger.fec.shape import Account, FecFault, Reading, Remark

__all__ = ["Account", "FecFault", "Reading", "Remark", "read"]
