"""A real mail server and a real gateway on this machine; they keep what they were given."""

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


class Mailbox:
    """What arrived; addresses in `gone` are refused for good, and while `busy` everything is asked to wait."""

    def __init__(self):
        self.letters, self.gone, self.busy = [], set(), False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.gone:
            return "550 no such mailbox"
        if self.busy:
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    @property
    def addressed(self):
        return sorted(letter["To"] for letter in self.letters)


@contextmanager
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    """The address of the server and its mailbox."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}", box
    finally:
        controller.stop()


@contextmanager
def scripted_mail_server(**replies: str) -> Iterator[str]:
    """A mail server that answers a command with a reply of its own, such as RCPT="550 5.1.1 no"; `GREETING`, `END` too.

    An empty reply is none: it hangs up.
    """

    class Talk(socketserver.StreamRequestHandler):
        def say(self, name, usual):
            self.wfile.write(f"{replies.get(name, usual)}\r\n".encode())

        def handle(self):
            self.say("GREETING", "220 here")
            for line in self.rfile:
                name = line.decode()[:4].strip().upper()
                if name == "QUIT" or replies.get(name) == "":
                    return
                self.say(name, {"EHLO": "250-here\r\n250 AUTH PLAIN", "DATA": "354 go on"}.get(name, "250 yes"))
                if name == "DATA" and "DATA" not in replies:
                    while self.rfile.readline().strip() != b".":
                        pass
                    self.say("END", "250 kept")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def sms_gateway(*, status=202, moved="", raw=None) -> Iterator[tuple[str, list[dict]]]:
    """The address of the gateway and the texts it was given, with their headers; `raw` is an answer in its own words."""
    texts = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            texts.append(json.loads(body) | {"headers": dict(self.headers)})
            if raw is not None:
                self.wfile.write(raw)
                return
            self.send_response(status)
            if moved:
                self.send_header("Location", moved)
            self.end_headers()

        def do_GET(self):
            texts.append({"headers": dict(self.headers)})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            """Nothing is logged: a number is somebody's."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", texts
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
