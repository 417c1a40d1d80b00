"""Where phones find the room: the networks of this computer, the address and its QR code."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import struct
import sys
from contextlib import suppress

from msgspec import Struct

THIS = "127.0.0.1"
LETTERS, LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 6  # nothing that looks like something else
ASK = {"linux": 0x8915, "darwin": 0xC0206921}  # SIOCGIFADDR: asks an interface for its address
RESERVED = '\\;,:"'  # in the QR code of a Wi-Fi


class Place(Struct, frozen=True, kw_only=True):
    """Where the room is.

    Attributes:
        host: an address of this computer.
        code: the first part of every path.
        wifi: the name of the Wi-Fi, for the wall; "" if it isn't known.
        password: of the Wi-Fi; "" if the wall should have no code that joins it.
    """

    host: str
    port: int
    code: str
    wifi: str = ""
    password: str = ""

    @property
    def address(self) -> str:
        """The address of the room's page."""
        return f"http://{self.shown}/"

    @property
    def shown(self) -> str:
        """The address as people type it."""
        return f"{self.host}:{self.port}/{self.code}"

    @property
    def joins(self) -> str:
        """What the QR code that joins the Wi-Fi says; "" without a password."""
        name, password = (
            "".join(f"\\{letter}" if letter in RESERVED else letter for letter in text)
            for text in (self.wifi, self.password)
        )
        return f"WIFI:T:WPA;S:{name};P:{password};;" if self.wifi and self.password else ""


def new_code() -> str:
    """Return a new code of the room."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def networks() -> list[tuple[str, str]]:
    """Return name and address of each network that this computer is in, without the one that is only itself."""
    found = dict(_by_interface() or _by_name())
    kept = [(name, host) for host, name in found.items() if not ipaddress.ip_address(host).is_loopback]
    return sorted(kept, key=lambda one: (not ipaddress.ip_address(one[1]).is_private, one))


def _by_interface() -> list[tuple[str, str]]:
    """Return address and name, as Linux and macOS tell them."""
    found: list[tuple[str, str]] = []
    if (ask := ASK.get(sys.platform)) is None:
        return found
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # it has no address
                answer = fcntl.ioctl(asked.fileno(), ask, struct.pack("256s", name.encode()[:15]))
                found.append((socket.inet_ntoa(answer[20:24]), name))
    return found


def _by_name() -> list[tuple[str, str]]:
    """Return address and name, as Windows tells them."""
    with suppress(OSError):
        return [(host, "network") for host in socket.gethostbyname_ex(socket.gethostname())[2]]
    return []
