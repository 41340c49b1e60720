"""A small web server on this machine, which answers by its paths and remembers who asked what and when."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Server(ThreadingHTTPServer):
    """What was asked is in `asked`: method, path, agent, and from when to when."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str, str, float]] = []
        self.at_once = self.most_at_once = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    @property
    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _agent, _when in self.asked]


class Answering(BaseHTTPRequestHandler):
    """`/status/404`; `/to/<path>` leads there; `/no-head` answers GET alone; `/drip` and `/endless` never end."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        server = self.server
        server.at_once += 1
        server.most_at_once = max(server.most_at_once, server.at_once)
        server.asked.append((self.command, self.path, self.headers["User-Agent"], time.monotonic()))
        try:
            self.respond()
        except OSError:
            pass  # whoever asked has gone
        finally:
            server.at_once -= 1

    def respond(self) -> None:
        match self.path.split("/", 2)[1:]:
            case ["status", status]:
                self.say(int(status))
            case ["to", where]:
                self.say(301, where if "://" in where else f"/{where}")
            case ["no-head", *_]:
                self.say(405 if self.command == "HEAD" else 200)
            case ["drip"]:
                self.drip()
            case ["endless"] if self.command == "GET":
                self.endless()
            case ["endless"]:
                self.say(501)
            case _:
                self.say(200)

    def say(self, status: int, where: str = "") -> None:
        self.send_response(status)
        if where:
            self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.02)

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"a" * 65_536)

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
