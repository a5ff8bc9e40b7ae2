"""``jixiao review``: the server, from its address to its end."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import click

from pipeline.dataset import Dataset
from pipeline.errors import UsageError
from pipeline.messages import say, tell
from pipeline.review.guard import LOOPBACK

_SHORTEST_TOKEN = 16


def serve(root: Path, host: str, port: int, token: str | None, browser: bool, reviewer: str, of_sample: bool = False) -> None:
    """Serve the review page until the user stops it.

    Raises:
        UsageError: no dataset, an address of the network without a token, or a port that is taken.
    """
    dataset = Dataset(root)
    dataset.check()
    check_address(host, token)
    try:
        import uvicorn

        from pipeline.review.app import make_app
    except ImportError as error:
        raise UsageError(*tell("review.needs", name=error.name)) from error
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/" + (f"?token={token}" if token else "")
    click.echo(say("review.address", address=address))
    if browser:
        webbrowser.open(address)
    app = make_app(dataset, reviewer, LOOPBACK | {host}, token, of_sample=of_sample)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])


def check_address(host: str, token: str | None) -> None:
    """Whoever can reach the address can read the dataset and decide.

    Raises:
        UsageError: it can be reached from other machines and no token is asked for, or a short one.
    """
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise UsageError(*tell("review.short-token", least=_SHORTEST_TOKEN))
    if host not in LOOPBACK and token is None:
        raise UsageError(*tell("review.reachable", host=host))


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(*tell("review.port", host=host, port=port, error=error.strerror)) from error
    return listening
