"""The server on this machine: a port of 127.0.0.1, and nothing that is reached from elsewhere."""

from __future__ import annotations

import gc
import math
import os
import socket
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import python_multipart  # noqa: F401  starlette reads forms with it, and would complain of it with the first form
import uvicorn

from quotealign.errors import NameUnknown, OutputRefused
from quotealign.web.application import application
from quotealign.web.connection import bounded
from quotealign.web.limits import Limits
from quotealign.web.shelf import named

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Server:
    """A server that listens already, so that its `address` is known; nobody is answered before `run`."""

    def __init__(
        self, paths: Iterable[str | Path], *, host: str = "127.0.0.1", port: int = 8765, limits: Limits | None = None
    ) -> None:
        limits = limits or Limits()
        collections = named(paths)
        self._listening = _listening(host, port)
        self.port = int(self._listening.getsockname()[1])
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"
        config = uvicorn.Config(
            application(collections, port=self.port, limits=limits),
            http=bounded(limits),
            ws="none",
            log_level="critical",
            access_log=False,
            server_header=False,
            limit_concurrency=limits.open + 1,
            timeout_keep_alive=math.ceil(limits.idle),
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Answer until it is interrupted or told to `stop`."""
        try:
            self._server.run(sockets=[self._listening])
        finally:
            self._listening.close()

    def stop(self) -> None:
        """End it, from another thread."""
        self._server.should_exit = True


def serve(
    paths: Iterable[str | Path],
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    limits: Limits | None = None,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the local page until it is interrupted; `ready` is given its address. Port 0 takes any that is free.

    Raises `InputMissing` for a path that is not there, `NameUnknown` for a host that is not this machine alone,
    `OutputRefused` where the port is taken.
    """
    server = Server(paths, host=host, port=port, limits=limits)
    gc.enable()  # the command line turns it off, which is right for what ends soon
    # Interrupted before it began, it would complain of that.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    with suppress(KeyboardInterrupt):  # this is how it is ended
        ready(server.address)
        server.run()


def _listening(host: str, port: int) -> socket.socket:
    if host not in LOOPBACK:
        do = "leave --host out; to reach it from elsewhere, use a tunnel such as ssh -L"
        raise NameUnknown(f"{host} is not this machine alone", do=do)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs have one port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise OutputRefused(
            f"cannot be used ({error.strerror})", where=f"port {port}", do="name another with --port"
        ) from None
    return listening
