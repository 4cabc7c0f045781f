"""The door of the local page: what comes from elsewhere, is too much, too slow or too long is kept out; it goes on."""

from __future__ import annotations

import io
import socket
import time
import zipfile
from collections.abc import Iterator

import httpx
import pytest
from web_builders import DRAFT, SOURCE, client, finished, folder, post, token

LIMITS = {"body": 2_000_000, "arriving": 0.5, "files": 3, "runs": 4, "waiting": 2, "held": 3_000_000}
SHORT = {"heading": 0.3, "idle": 0.6, "leaving": 0.4, "lingering": 0.5, "open": 8}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A browser at a server with narrow limits."""
    with client(folder(tmp_path_factory.mktemp("web") / "speeches", speech=SOURCE), **LIMITS, **SHORT) as browser:
        yield browser


def _raw(browser: httpx.Client, *pieces: bytes, pause: float = 0) -> bytes:
    """What is answered to these bytes, sent with a pause between them."""
    with socket.create_connection((browser.base_url.host, browser.base_url.port or 80), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
            if b"</html>" in answer or b'"status"' in answer:
                break
    return answer


def _goes_on(browser: httpx.Client) -> bool:
    page = finished(browser, post(browser, "/check", draft=DRAFT, collection="speeches"))
    return "1 quotation: 1 altered" in page.text


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""),
        *("localhost..:{port}", "evil-localhost.:{port}", "localhost.evil.example:{port}", "localhost.:{port}."),
    ],
)
def test_a_name_that_somebody_else_pointed_here_is_refused(browser: httpx.Client, host: str) -> None:
    """DNS rebinding: a page of another name reaches our port, but its requests bear its own name."""
    answer = browser.get("/", headers={"Host": host.format(port=browser.base_url.port)})
    assert answer.status_code == 421
    assert "answers to 127.0.0.1 and localhost only" in answer.text
    assert "textarea" not in answer.text


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "localhost.", "LocalHost.", "[::1]"])
def test_every_name_of_this_machine_is_answered(browser: httpx.Client, name: str) -> None:
    """localhost is as good as its number, in whatever case, with a dot at the end too; and so is what comes from it."""
    host = f"{name}:{browser.base_url.port}"
    assert browser.get("/", headers={"Host": host}).status_code == 200
    headers = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
    assert browser.post("/api/check", content="{}", headers=headers).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
@pytest.mark.parametrize("address", ["/check", "/align", "/api/check"])
def test_no_page_of_another_site_can_post(browser: httpx.Client, address: str, headers: dict[str, str]) -> None:
    """Neither a form nor a script of another site, or of another port of this machine, gets anything done."""
    fields = {"token": token(browser), "draft": DRAFT, "collection": "speeches"}
    answer = browser.post(address, data=fields, headers=headers)
    assert answer.status_code == 403
    assert "page of another site" in answer.text


def test_a_page_of_another_site_may_link_here_and_no_more(browser: httpx.Client) -> None:
    """A link is followed; a picture, a frame or a script made of our pages is not."""
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert browser.get("/", headers=link).status_code == 200
    assert browser.get("/", headers={**link, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert browser.get("/serve.js", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("given", ["", "0" * 64, "é"])
def test_a_form_without_the_token_of_this_browser_is_refused(browser: httpx.Client, given: str) -> None:
    """Nor is one with the token of another browser."""
    assert browser.post("/check", data={"token": given, "draft": DRAFT, "collection": "speeches"}).status_code == 403
    with httpx.Client(base_url=browser.base_url, trust_env=False) as other:
        fields = {"token": token(other), "draft": DRAFT, "collection": "speeches"}
        assert browser.post("/check", data=fields).status_code == 403


def test_a_program_must_say_that_it_sends_json(browser: httpx.Client) -> None:
    """A form of another site cannot: a browser would ask first, and gets no for an answer."""
    answer = browser.post("/api/check", content='{"draft": "x"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    asked = browser.options("/api/check", headers={"Access-Control-Request-Method": "POST"})
    assert asked.status_code == 405
    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize("address", ["/", "/serve.css", "/nothing", "/api/openapi.json", "/api/nothing"])
def test_every_answer_says_what_it_may_do(browser: httpx.Client, address: str) -> None:
    """No script but our own file, no frame around us, no guess at types, nothing kept; and not which server it is."""
    headers = browser.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    cookie = browser.get("/").headers.get("set-cookie", "HttpOnly SameSite=strict")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "up", ["../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..\\..\\x", "%00"]
)
def test_no_name_in_an_address_leads_anywhere_else(browser: httpx.Client, up: str) -> None:
    """Names are looked up among what was named at the start, and never joined to a path."""
    run = finished(browser, post(browser, "/check", draft=DRAFT, collection="speeches")).url.path
    for address in (f"/{up}", f"/runs/{up}", f"{run}/files/{up}", f"/collections/{up}", f"/api/runs/{up}"):
        answer = _raw(browser, f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{browser.base_url.port}\r\n\r\n".encode())
        assert answer.split(b" ")[1] in (b"404", b"422"), address
        assert b"root:" not in answer
    for name in ("collection", "lang", "changes", "support"):
        assert post(browser, "/check", draft=DRAFT, **{"collection": "speeches", name: up}).status_code in (404, 422)


def test_too_much_is_refused_before_it_is_read(browser: httpx.Client) -> None:
    """By its length where it is told, else as soon as there is more than may be."""
    assert browser.post("/api/check", content=b"x" * 2_000_001).status_code == 413
    head = f"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1:{browser.base_url.port}\r\nContent-Type: application/json\r\n"
    piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
    answer = _raw(browser, head.encode() + b"Transfer-Encoding: chunked\r\n\r\n", *[piece] * 31)
    assert b"413" in answer.split(b"\r\n")[0]
    assert _goes_on(browser)


def test_too_slow_is_refused(browser: httpx.Client) -> None:
    """Who sends a byte now and then does not hold anything up."""
    head = f"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1:{browser.base_url.port}\r\nContent-Type: application/json\r\n"
    answer = _raw(browser, head.encode() + b"Content-Length: 1000\r\n\r\n", b"{", b" ", b" ", pause=0.2)
    assert b"408" in answer.split(b"\r\n")[0]
    assert b"took too long to arrive" in answer


def _open(browser: httpx.Client, *said: bytes) -> list[socket.socket]:
    """Connections that have each said this much."""
    found = []
    for piece in said:
        found.append(socket.create_connection((browser.base_url.host, browser.base_url.port or 80), timeout=10))
        found[-1].sendall(piece)
    return found


def _until_closed(connection: socket.socket, every: float = 0, piece: bytes = b"") -> tuple[float, bytes]:
    """Seconds until the other end has closed it, while such a piece is sent now and then; and what it answered."""
    started, answer = time.monotonic(), b""
    connection.settimeout(every or 10)
    while time.monotonic() - started < 10:
        try:
            if not (got := connection.recv(65536)):
                break
            answer += got
        except TimeoutError:
            connection.sendall(piece)
        except OSError:
            break
    connection.close()
    return time.monotonic() - started, answer


@pytest.mark.parametrize(
    ("said", "piece", "most", "answer"),
    [
        (b"", b"", 0.3, b""),
        (b"GET / HTTP/1.1\r\n", b"X: y\r\n", 0.3, b"HTTP/1.1 408"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", b"", 0.6, b"HTTP/1.1 200"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", b"G", 0.4, b"HTTP/1.1 200"),
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n", b"x", 0.5, b"HTTP/1.1 200"),
        (b"POST /check HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n", b"x", 0.5, b"HTTP/1.1 415"),
    ],
    ids=["silence", "slow head", "after an answer", "slow head after an answer", "unread body", "refused body"],
)
def test_a_connection_that_says_too_little_is_closed(
    browser: httpx.Client, said: bytes, piece: bytes, most: float, answer: bytes
) -> None:
    """However often it says a little: the time for a request is counted from its beginning."""
    host = f"127.0.0.1:{browser.base_url.port}".encode()
    (connection,) = _open(browser, said.replace(b"{host}", host))
    seconds, answered = _until_closed(connection, every=0.1, piece=piece)
    assert seconds < most + 1.0
    assert answered.startswith(answer)


def test_an_answer_that_nobody_takes_is_dropped(browser: httpx.Client) -> None:
    """Its bytes are not held for ever: a part has to be taken every so many seconds."""
    ask = f"GET /serve.css HTTP/1.1\r\nHost: 127.0.0.1:{browser.base_url.port}\r\n\r\n".encode()
    (connection,) = _open(browser, ask * 900)
    time.sleep(1.5)
    _, answer = _until_closed(connection, every=5)
    assert len(answer) < 900 * len(browser.get("/serve.css").content)


def test_connections_that_ask_for_nothing_keep_nobody_out(browser: httpx.Client) -> None:
    """The longest of them is closed for the next one, so that who has something to ask is answered."""
    silent = _open(browser, *[b"", b"GET / HT"] * 15)
    assert _goes_on(browser)
    for connection in silent:
        connection.close()


def test_too_many_files_are_refused(browser: httpx.Client) -> None:
    """And so is a form with no end of fields."""
    files = [("source-files", (f"{n}.txt", SOURCE.encode())) for n in range(4)]
    assert post(browser, "/check", files, draft=DRAFT).status_code == 413
    assert post(browser, "/check", draft=DRAFT, **{f"field{n}": "x" for n in range(50)}).status_code == 413
    answer = browser.post(
        "/check", content=b"--x\r\nrubbish", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code in (400, 403)


def test_what_is_packed_too_tightly_is_not_unpacked(browser: httpx.Client) -> None:
    """A document of some hundred kilobytes that would be seventy megabytes gets one sentence."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    page = finished(
        browser, post(browser, "/check", {"draft-file": ("a.docx", bomb.getvalue())}, collection="speeches")
    )
    assert "word/document.xml in it is above 64 MB" in page.text
    assert _goes_on(browser)


def test_who_takes_too_long_is_ended_and_the_next_is_begun() -> None:
    """The process that works is killed, a new one takes its place, and one sentence tells of it."""
    words = " ".join(f"word{n % 7} thing{n % 9}" for n in range(60))
    draft = "".join(f"“{words} {n} never stood so,” said Ann Lee.\n\n" for n in range(900))
    with client(seconds=0.05) as browser:
        for _ in range(2):
            page = finished(browser, post(browser, "/check", {"source-files": ("a.txt", draft.encode())}, draft=draft))
            assert "Ended after 0.05 seconds: give less at a time, or allow more." in page.text
        assert browser.get("/").status_code == 200


def test_a_run_can_be_stopped(browser: httpx.Client) -> None:
    """Whoever started it may end it, by the page or by the API."""
    run = browser.post("/api/check", json={"draft": DRAFT, "collection": "speeches"}).headers["location"]
    assert browser.delete(run).status_code == 204
    assert browser.get(run).status_code == 404
    assert _goes_on(browser)


def test_what_is_remembered_is_bounded(browser: httpx.Client) -> None:
    """Old results make room for new ones; what nobody has looked at for longest goes first."""
    pages = [finished(browser, post(browser, "/check", draft=DRAFT, collection="speeches")).url.path for _ in range(6)]
    assert [browser.get(page).status_code for page in pages] == [404, 404, 200, 200, 200, 200]
