"""`enthesis serve` and `enthesis demo`."""

from typing import Annotated

import typer

from enthesis.knowledge import BadInput

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the web application."""
    from enthesis.cli.database import set_up

    set_up()
    from enthesis.registry.planner import refresh_planner

    refresh_planner()
    _run(host, port)


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Forget what was entered and start over.")] = False,
    load_only: Annotated[bool, typer.Option("--load-only", help="Load the demo clinic and stop.")] = False,
) -> None:
    """Load the simulated demo clinics, if they are not there yet, and serve them."""
    from enthesis.cli.database import set_up
    from enthesis.cli.demo_data import forget

    if reset:
        forget()
    set_up(mode="demo")
    from enthesis.cli.demo_data import load

    load()
    if load_only:
        return
    from enthesis.clinic.demo_accounts import DEMO_PASSWORD, demo_sign_ins

    print(
        f"\nEnthesis demo (simulated patients): http://{host}:{port}/\n\nSign in with the password {DEMO_PASSWORD!r} as"
    )
    for line in demo_sign_ins():
        print(f"  {line.email:<34} {line.role:<12} {line.clinic}")
    print("\nStop with Ctrl-C. What you enter is kept; `make demo-reset` starts over.", flush=True)
    _run(host, port)


def _run(host: str, port: int) -> None:
    import socket

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"--port: {host}:{port} cannot be used ({error.strerror}); choose another with --port"
            ) from error
    Granian(
        "enthesis.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=2,
        log_access=False,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
