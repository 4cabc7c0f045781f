"""One connection: how long it may take to ask and to be answered, and which one makes room where there are too many.

uvicorn bounds how long an idle connection is kept, and nothing else: a request that comes a byte at a time would hold
its connection for ever, and as many as may be open at a time would hold the server.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from quotealign.web.limits import Limits

_IDLE, _HEAD, _BODY, _REST = "idle", "head", "body", "rest"
"""What is waited for: a request, the end of its head, the end of its body, the end of what nobody reads any more."""


class Connection(H11Protocol):
    """A connection that is closed where its request takes too long to come or its answer too long to go, and that is
    closed for a newer one while it says nothing or not enough, the longest first: so many connections that ask for
    nothing keep nobody out who does."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._awaited = ""
        self._since = 0.0
        self._coming: asyncio.TimerHandle | None = None
        self._going: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await(_IDLE, self.limits.heading)
        if len(self.connections) > self.limits.open:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._await("")
        if self._going is not None:
            self._going.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._await(_HEAD, self.limits.heading)

    def handle_events(self) -> None:
        super().handle_events()
        if self.conn.their_state is h11.SEND_BODY:
            if self.cycle.response_complete:
                self._await(_REST, self.limits.lingering)
            else:  # the guard tells in a sentence what took too long; this is for what nobody reads
                self._await(_BODY, self.limits.arriving + self.limits.lingering)
        elif self.conn.their_state is not h11.IDLE:
            self._await("")  # it is here, so it is our turn
        elif self._awaited in (_BODY, _REST):
            self._await(_IDLE, self.limits.idle)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._await(_REST, self.limits.lingering)
        elif self.conn.their_state is h11.IDLE:
            self._await(_IDLE, self.limits.idle)
        self._see_it_go()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._see_it_go()

    def _await(self, what: str, seconds: float = 0) -> None:
        """From now on this is waited for; what is waited for already has the time that it was given."""
        if what == self._awaited:
            return
        if self._coming is not None:
            self._coming.cancel()
        self._awaited, self._since = what, self.loop.time()
        self._coming = self.loop.call_later(seconds, self._too_late) if what else None

    def _too_late(self) -> None:
        if self._awaited == _HEAD and not self.transport.is_closing():
            sentence = b"The request took too long to arrive."
            head = b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
            self.transport.write(head + b"Content-Length: %d\r\n\r\n" % len(sentence) + sentence)
            self.transport.close()
        elif self._awaited == _IDLE:
            self.transport.close()
        else:
            self.transport.abort()

    def _make_room(self) -> None:
        """Close the connection that has been waited for longest; one that still takes its answer only after these."""
        silent = [one for one in self.connections if isinstance(one, Connection) and one._awaited and one is not self]
        if silent:
            oldest = min(silent, key=lambda one: (one._going is not None, one._since))
            self.connections.discard(oldest)  # at once: more than one may come before it is gone
            oldest.transport.abort()

    def _see_it_go(self) -> None:
        """An answer that nobody takes is not held for ever."""
        held = self.transport.get_write_buffer_size()
        if held and self._going is None:
            self._going = self.loop.call_later(self.limits.leaving, self._went, held)

    def _went(self, before: int) -> None:
        self._going = None
        held = self.transport.get_write_buffer_size()
        if held > max(0, before - self.limits.leaving * self.limits.slowest):
            self.transport.abort()
        else:
            self._see_it_go()


def bounded(limits: Limits) -> type[Connection]:
    """Connections with these limits."""
    return type("Connection", (Connection,), {"limits": limits})
