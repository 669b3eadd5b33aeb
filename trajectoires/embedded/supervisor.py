"""``make run``: servers, preparation, then web, worker and beat, watched and stopped together."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from trajectoires.embedded.console import coloured, say
from trajectoires.embedded.guardian import Guardian
from trajectoires.embedded.servers import Servers
from trajectoires.embedded.service import Service, describe

READY_SECONDS = 90.0
STOP_SECONDS = 15.0


class Supervisor:
    """Runs until a signal asks it to stop; a second signal ends everything by force."""

    def __init__(self, servers: Servers, guardian: Guardian) -> None:
        self.servers = servers
        self.guardian = guardian
        self.services: list[Service] = []
        self.asked = 0

    def listen(self) -> None:
        """Take the signals; under ``nohup`` the closing of the terminal stays ignored."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)

    def start_servers(self) -> None:
        """Start the embedded servers, watched from their first moment."""
        self.servers.watched_by(self.guardian)
        for server in self.servers.all:
            say(f"démarre {server.title}…")
        self.servers.start()

    def prepare(self, preparation: Service) -> bool:
        """Run ``preparation`` to its end; False when it failed or a stop was asked meanwhile."""
        preparation.start()
        while preparation.running() and not self.asked:
            time.sleep(0.05)
        if self.asked:
            preparation.ask_to_stop()
        code = preparation.finish(time.monotonic() + STOP_SECONDS)
        if code and not self.asked:
            say(coloured(f"✗ La préparation a échoué ({describe(code)}) : voir ci-dessus.", "red"))
        return code == 0 and not self.asked

    def run(self, services: Sequence[Service], *, ready: Callable[[], bool], banner: str) -> None:
        """Keep ``services`` and servers alive; print ``banner`` once ``ready``; return when asked to stop."""
        self.services = list(services)
        waiting, told, started = True, False, time.monotonic()
        while not self.asked:
            for service in self.services:
                service.keep_alive()
            self._keep_servers_alive()
            if waiting and ready() and not self.asked:
                say(banner)
                waiting = False
            elif waiting and not told and time.monotonic() - started > READY_SECONDS:
                say(
                    coloured(
                        "Le site ne répond pas encore : les lignes ci-dessus disent sans doute pourquoi.",
                        "red",
                    )
                )
                told = True
            time.sleep(0.2)

    def stop(self) -> None:
        """Services first, side by side, then the servers they use."""
        for service in self.services:
            service.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for service in self.services:
            service.finish(deadline)
        self.servers.stop()

    def _keep_servers_alive(self) -> None:
        for server in self.servers.all:
            if server.pid is None and not self.asked:
                say(f"{server.title} s’est arrêté ; relancé.")
                server.start()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.asked == 1:
            say("arrêt demandé… (données gardées)")
        else:
            for service in self.services:
                service.force()
