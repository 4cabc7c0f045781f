"""Connections that never come to an end, against the local page with the limits that it is served with: `-m long`."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from web_builders import DRAFT, SOURCE, client, finished, folder, post

from quotealign.web.limits import Limits

pytestmark = pytest.mark.long
LIMITS = Limits()
HEAD = "POST /check HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
SLOW = {
    "silent": ("", "", LIMITS.heading),
    "head": ("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n", "X: y\r\n", LIMITS.heading),
    "body": (HEAD + "Content-Length: 1000000\r\n\r\n--x\r\n", "x", LIMITS.arriving + LIMITS.lingering),
    "chunks": (HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", LIMITS.arriving + LIMITS.lingering),
    "answered": ("GET /about HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", "", LIMITS.idle),
}
"""What a connection says at first, what it says every two seconds, and after how many seconds it must be closed."""


class _Slow:
    """One such connection; `ended` is when the server has closed it."""

    def __init__(self, port: int, kind: str) -> None:
        first, self._more, self.most = SLOW[kind]
        self.kind = kind
        self.began = time.monotonic()
        self.ended: float | None = None
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self._socket.sendall(first.format(port=port).encode())
        self._socket.setblocking(False)

    def go_on(self) -> None:
        """Say a little more, unless it is closed."""
        if self.ended is not None:
            return
        try:
            while self._socket.recv(65536):
                pass
            self.ended = time.monotonic()
        except BlockingIOError:
            try:
                self._socket.send(self._more.encode())
            except OSError:
                self.ended = time.monotonic()
        except OSError:
            self.ended = time.monotonic()

    def close(self) -> None:
        """Give it up."""
        self._socket.close()


def _besides(browser: httpx.Client, lasting: Callable[[], bool]) -> list[float]:
    """How long each check of another user takes, on a connection of its own, while something lasts."""
    seconds = []
    while lasting():
        started = time.monotonic()
        with httpx.Client(base_url=browser.base_url, trust_env=False, timeout=30) as user:
            page = finished(user, post(user, "/check", draft=DRAFT, collection="speeches"))
        assert "1 quotation: 1 altered" in page.text
        seconds.append(time.monotonic() - started)
        time.sleep(1)
    return seconds


def _held_up(browser: httpx.Client, *kinds: str) -> tuple[list[_Slow], list[float]]:
    """Slow connections, from when they were made until all were closed, and what another user has waited meanwhile."""
    port = browser.base_url.port or 80
    slow = [_Slow(port, kind) for kind in kinds]
    last = time.monotonic() + max(one.most for one in slow) + 5

    def lasting() -> bool:
        return time.monotonic() < last and any(one.ended is None for one in slow)

    def trickle() -> None:
        while lasting():
            for one in slow:
                one.go_on()
            time.sleep(2)

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        return slow, _besides(browser, lasting)
    finally:
        thread.join()
        for one in slow:
            one.close()


def test_whoever_sends_a_byte_now_and_then_is_sent_away_in_time(tmp_path: Path) -> None:
    """Ninety-five connections of five kinds are closed within their limits; another user is served all the while."""
    with client(folder(tmp_path / "speeches", speech=SOURCE)) as browser:
        slow, waited = _held_up(browser, *list(SLOW) * 19)
    for one in slow:
        assert one.ended is not None, f"{one.kind} goes on for ever"
        assert one.ended - one.began < one.most + 4, one.kind  # they are looked at every two seconds
    assert max(waited[1:]) < 5, "the first one starts the process that works"


@pytest.mark.parametrize("kind", SLOW)
def test_three_times_as_many_as_may_be_keep_nobody_out(tmp_path: Path, kind: str) -> None:
    """For each that asks, the one that has said too little for longest makes room."""
    with client(folder(tmp_path / "speeches", speech=SOURCE)) as browser:
        slow = [_Slow(browser.base_url.port or 80, kind) for _ in range(3 * LIMITS.open)]
        try:
            started = time.monotonic()
            until = started + 6
            for one in slow:
                one.go_on()
            assert len(_besides(browser, lambda: time.monotonic() < until)) > 1
        finally:
            for one in slow:
                one.close()
