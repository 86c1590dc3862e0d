"""A small mail server of our own, fast enough not to be what is measured; it keeps who got which message, and nothing else."""

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Post:
    """What arrived, by Message-ID and address, and how often an address that does not exist was tried."""

    def __init__(self) -> None:
        self.letters: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[str] = Counter()


class Conversation(socketserver.StreamRequestHandler):
    """One connection of SMTP (RFC 5321): enough of it for one sender and one recipient at a time."""

    server: "Server"
    to = ""

    def handle(self) -> None:
        """Answer until the other side says goodbye, or dies."""
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                self._recipient(line)
            elif verb == b"DATA":
                self._letter()
            elif verb == b"QUIT":
                return self._say("221 goodbye")
            else:
                self._say("250 fine")
        return None

    def _recipient(self, line: bytes) -> None:
        self.to = line.partition(b"<")[2].partition(b">")[0].decode()
        if self.to.startswith("gone"):
            self.server.post.refused[self.to] += 1
            return self._say("550 no such mailbox")
        return self._say("250 known")

    def _letter(self) -> None:
        self._say("354 go on")
        name = ""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if line[:11].lower() == b"message-id:":
                name = line[11:].strip().decode()
        if line:  # the whole letter came, not half of it
            self.server.post.letters[name, self.to] += 1
            self._say("250 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """The listening side."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, post: Post) -> None:
        self.post = post
        super().__init__(("127.0.0.1", 0), Conversation)

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is killed leaves a broken connection; that is what is being tried."""


@contextmanager
def post_office() -> Iterator[tuple[str, Post]]:
    """The address of the server and what arrives there."""
    post = Post()
    with Server(post) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", post
        finally:
            server.shutdown()
            thread.join()
