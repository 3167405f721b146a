"""Nothing is said to a server on a line that others can read, nor to one that only poses as the right one."""

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from poems_registry.domain.errors import CannotOpen
from poems_registry.domain.locations import ServerAddress
from poems_registry.services.registry import look

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
FATAL = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "ann"\0\0'


class Listener:
    """Speaks the first words of PostgreSQL: says whether it has TLS, and refuses whoever comes so far as a name."""

    def __init__(self, certificate: Path | None) -> None:
        self.heard = b""
        self._context = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                with self._listening.accept()[0] as connection, suppress(OSError):
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        if connection.recv(8) != SSL_REQUEST:
            return
        connection.sendall(b"N" if self._context is None else b"S")
        speaking = connection if self._context is None else self._context.wrap_socket(connection, server_side=True)
        with speaking:
            self.heard += speaking.recv(4096)
            speaking.sendall(b"E" + struct.pack("!i", len(FATAL) + 4) + FATAL)


def signed_by(folder: Path, name: str, server: str) -> tuple[Path, Path]:
    """An authority of this name, and the certificate it gave to a server: (its own file, the server's with its key)."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def certificate(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
        return made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))

    root = certificate(issuer, authority.public_key()).add_extension(x509.BasicConstraints(True, None), critical=True)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(server))])
    leaf = certificate(x509.Name([]), key.public_key()).add_extension(names, critical=True)
    own, servers = folder / f"{name}.crt", folder / f"{name}-server.pem"
    pem = serialization.Encoding.PEM
    own.write_bytes(root.sign(authority, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    servers.write_bytes(leaf.sign(authority, hashes.SHA256()).public_bytes(pem) + private)
    return own, servers


@pytest.fixture
def listen() -> Iterator[list[Listener]]:
    """Listeners made by a test, closed after it."""
    made: list[Listener] = []
    yield made
    for each in made:
        each.close()


def refusal(listener: Listener, said: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        look(ServerAddress.read(f"postgresql://ann@127.0.0.1:{listener.port}/poems?{said}"))
    return str(refused.value)


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
def test_a_server_without_protection_hears_nothing_not_even_who_asks(
    listen: list[Listener], tmp_path: Path, mode: str
) -> None:
    listen.append(Listener(None))
    root, _ = signed_by(tmp_path, "authority", "127.0.0.1")
    assert "could not be protected" in refusal(listen[0], f"sslmode={mode}&sslrootcert={root}")
    assert b"ann" not in listen[0].heard


def test_a_server_is_spoken_to_when_the_right_authority_vouches_for_its_name(
    listen: list[Listener], tmp_path: Path
) -> None:
    root, server = signed_by(tmp_path, "authority", "127.0.0.1")
    listen.append(Listener(server))
    assert "did not accept this PC's login" in refusal(listen[0], f"sslmode=verify-full&sslrootcert={root}")
    assert b"user\0ann\0" in listen[0].heard


def test_somebody_who_poses_as_the_server_hears_nothing(listen: list[Listener], tmp_path: Path) -> None:
    _, posing = signed_by(tmp_path, "impostor", "127.0.0.1")
    root, elsewhere = signed_by(tmp_path, "authority", "127.0.0.2")
    for certificate in (posing, elsewhere):
        listen.append(Listener(certificate))
        assert "could not be protected" in refusal(listen[-1], f"sslmode=verify-full&sslrootcert={root}")
        assert listen[-1].heard == b""


def test_without_the_authoritys_certificate_the_sentence_says_where_it_belongs(
    listen: list[Listener], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    _, server = signed_by(tmp_path, "authority", "127.0.0.1")
    listen.append(Listener(server))
    assert "root.crt" in refusal(listen[0], f"sslmode=verify-full&sslrootcert={tmp_path / 'none.crt'}")
    assert listen[0].heard == b""


def test_a_server_that_is_not_there_is_told_without_the_drivers_words() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(CannotOpen) as refused:
        look(ServerAddress.read(f"postgresql://ann@127.0.0.1:{port}/poems?connect_timeout=2"))
    assert str(refused.value).startswith("The server with the registry does not answer.")
    assert str(port) not in str(refused.value)
