"""Where a registry is: a file's path, or the address of a database on a PostgreSQL server, never with a password."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Self, TypeAlias
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from poems_registry.domain.errors import CannotOpen

SCHEME = "postgresql"
OPTIONS = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service", "connect_timeout")
"""What an address may say after its question mark: where, how the connection is protected, where passwords lie."""

PROTECTED = ("verify-full", "verify-ca")
"""The ways to another machine that make sure who answers; the first is meant where none is said.

`require` is none of them: it encrypts, but checks no name, and a certificate only where an authority's file happens to
lie, so that somebody on the way can pose as the server and read everything (PostgreSQL's manual, libpq, SSL Support).
"""

_UNCHANGED = "Nothing was opened or changed."
_PASSWORD = (
    f"An address with a password in it is not accepted: others could read it there. {_UNCHANGED} Leave it out, and put"
    " the server's password into the password file of PostgreSQL (.pgpass; on Windows pgpass.conf) or into PGPASSWORD."
    " If the address was typed at a command line or kept somewhere, change that password."
)
_FORM = (
    f"This is not the address of a registry on a server. {_UNCHANGED} It is written"
    " postgresql://LOGIN@SERVER/DATABASE, or postgresql://LOGIN@/DATABASE?host=FOLDER for a server on this PC."
)
_OPTION = (
    f"The address says something that is not accepted there. {_UNCHANGED} After the question mark may stand, each once:"
    f" {', '.join(OPTIONS)}."
)
_OPEN = (
    "The address asks for a connection on which nobody checks who answers, so that others on the network could read"
    f" it. That is accepted only for a server on this PC. {_UNCHANGED} Leave sslmode out, or say"
    f" sslmode={' or sslmode='.join(PROTECTED)}."
)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database on a PostgreSQL server. `host` is a name, a number or, on this PC, the folder of its socket."""

    host: str
    database: str
    user: str = ""
    port: int | None = None
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """What an address says; CannotOpen in words that repeat nothing of it, as it may hold a password."""
        try:
            parts = urlsplit(text.strip())
            port = parts.port
            options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError:
            raise CannotOpen(_FORM) from None
        if parts.password is not None or any("password" in name.casefold() for name, _ in options):
            raise CannotOpen(_PASSWORD)
        if parts.scheme.casefold() not in (SCHEME, "postgres") or parts.fragment:
            raise CannotOpen(_FORM)
        names = [name for name, _ in options]
        if set(names) - set(OPTIONS) or len(set(names)) < len(names):
            raise CannotOpen(_OPTION)
        address = cls._of(parts, port, dict(options))
        if not address.is_local and dict(options).get("sslmode", PROTECTED[0]) not in PROTECTED:
            raise CannotOpen(_OPEN)
        return address

    @classmethod
    def _of(cls, parts: SplitResult, port: int | None, options: dict[str, str]) -> Self:
        host, folder = parts.hostname or "", options.pop("host", "")
        database = unquote(parts.path.removeprefix("/"))
        several = "," in parts.netloc or "," in folder
        if several or bool(host) == bool(folder) or not database or "/" in database:
            raise CannotOpen(_FORM)
        return cls(unquote(host or folder), database, unquote(parts.username or ""), port, tuple(options.items()))

    @property
    def is_local(self) -> bool:
        """Whether the server is on this PC, so that nothing of it passes over a network."""
        return is_this_pc(self.host)

    @property
    def settings(self) -> dict[str, str]:
        """The options of the connection, protection included where the address leaves it open."""
        chosen = dict(self.options)
        if not self.is_local:
            chosen.setdefault("sslmode", PROTECTED[0])
            chosen["gssencmode"] = "disable"  # it would be tried first, and takes no notice of sslmode
        return chosen

    @property
    def name(self) -> str:
        """What people call the registry: its database."""
        return self.database

    def __str__(self) -> str:
        """The address, as it is named on the command line and noted on a PC."""
        login = f"{quote(self.user, safe='')}@" if self.user else ""
        options = self.options
        if self.host.startswith("/"):
            where, options = "", (("host", self.host), *options)
        else:
            where = f"[{self.host}]" if ":" in self.host else self.host
        where += f":{self.port}" if self.port else ""
        said = f"?{urlencode(options, safe='/', quote_via=quote)}" if options else ""
        return f"{SCHEME}://{login}{where}/{quote(self.database, safe='')}{said}"


def is_this_pc(host: str) -> bool:
    """Whether a name, a number or a socket's folder can be nowhere but here."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


Location: TypeAlias = Path | ServerAddress


def location(text: str) -> Location:
    """What a person named: an address if it is written as one, else a path. CannotOpen for an address not accepted."""
    return ServerAddress.read(text) if "://" in text else Path(text)


def whereabouts(place: Location) -> str:
    """Where the registry of this name lies: a folder, or which server."""
    if isinstance(place, Path):
        return str(place.parent)
    return "PostgreSQL on this PC" if place.is_local else f"PostgreSQL on {place.host}"
