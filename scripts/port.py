"""Is a port free, or does the server on it answer yet? Used by run.sh; standard library only."""

from __future__ import annotations

import http.client
import socket
import sys


def trouble(host: str, port: str) -> str:
    """Say why a server could not listen on this port.

    Arguments: the host name or address, and the port as typed.
    Returns: one line for a person, or an empty string when the port can be used.
    """
    if not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port} is no port: choose a number from 1 to 65535, for example: make run PORT=8001"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As gunicorn does: a connection that is still closing does not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except PermissionError:
            return f"Port {port} is reserved for the administrator: choose another with make run PORT=8001"
        except OSError as error:
            if error.errno == 98:  # EADDRINUSE
                return f"Port {port} is in use: choose another with make run PORT={int(port) % 65535 + 1}"
            return f"Cannot listen on {host}:{port}: {error.strerror or error}"
    return ""


def answers(host: str, port: int) -> bool:
    """Tell whether an HTTP server answers there, whatever it says.

    Arguments: the address it was bound to, and the port.
    """
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # nosec B104 # nothing is bound: the local one is asked
    connection = http.client.HTTPConnection(reachable, port, timeout=2)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def main(arguments: list[str]) -> int | str:
    """``HOST PORT`` or ``--answers HOST PORT``. Returns: what to exit with."""
    if arguments[0] == "--answers":
        return int(not answers(arguments[1], int(arguments[2])))
    return trouble(*arguments) or 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:  # run.sh, which got the same Ctrl-C, says the rest
        sys.exit(130)
