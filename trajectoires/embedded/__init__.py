"""Real PostgreSQL and Valkey from the package index, started beside the project: no server to install.

``python -m trajectoires.embedded`` runs the platform; tests that kill servers use :func:`throwaway`.
"""

from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.servers import Servers, throwaway
from trajectoires.embedded.valkey import ValkeyServer

__all__ = ["Place", "PostgresServer", "Servers", "ValkeyServer", "throwaway"]
