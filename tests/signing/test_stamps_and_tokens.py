"""Time stamps of an authority, and keys that a token keeps."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.errors import FileError, MissingError, UsageError
from generator.signing import keys, sealing, validation, verification
from support.authority import NOW, PASSPHRASE, YEAR, authority, ours
from support.making import WORLD
from support.signed import ONE, Workspace, made, signed

DER = serialization.Encoding.DER


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@contextmanager
def stamping(by: Any = None) -> Iterator[str]:
    """An authority for time stamps that answers on this machine."""
    key = rsa.generate_private_key(65537, 2048)
    certificate = (by or ours()).certify("Time", key, stamps=True)
    private = key.private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(DER)),
        asn1_keys.PrivateKeyInfo.load(private),
        SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        fixed_dt=NOW,
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def verdict(data: bytes, *roots: bytes, now: Any = NOW) -> verification.VerifiedDocument:
    trusted = validation.roots([("root", one) for one in roots or (ours().pem,)])
    return verification.final(WORLD, data, "x.pdf", roots=trusted, now=now, so_far=True)


def test_a_time_stamp_outlives_the_certificate(workspace: Workspace) -> None:
    workspace.put()
    soon = NOW + YEAR / 12
    workspace.key.write_bytes(ours().p12("Test Signer", end=soon))
    with stamping() as url:
        done = workspace.sign("ตัวอย่าง-ก", "assessee", "--timestamp", url)
    assert done.exception is None, done.exception
    data = workspace.at().read_bytes()
    found = verdict(data)
    assert found.problems == ()
    assert found.signatures[0].stamped
    assert found.signatures[0].moment == NOW
    assert any("by an authority's time stamp" in line for line in verification.lines(found))
    assert verdict(data, now=NOW + YEAR / 2).problems == ()
    bare = signed(made(), "assessee-1", by=keys.from_p12(workspace.key, PASSPHRASE))
    assert verdict(bare, now=soon).problems == ()
    assert any("expired" in one for one in verdict(bare, now=NOW + YEAR / 2).problems)


def test_a_time_stamp_of_nobody_known(workspace: Workspace) -> None:
    workspace.put()
    with stamping(authority("Other")) as url:
        assert workspace.sign("ตัวอย่าง-ก", "assessee", "--timestamp", url).exception is None
    found = verdict(workspace.at().read_bytes())
    assert any("the time stamp" in one for one in found.problems), found.problems


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "file:///etc/passwd", "nonsense"])
def test_an_authority_that_doesn_t_answer(url: str, workspace: Workspace) -> None:
    workspace.put()
    done = workspace.sign("ตัวอย่าง-ก", "assessee", "--timestamp", url)
    assert isinstance(done.exception, FileError | UsageError)
    assert not workspace.at().exists()


# A token, made up: pyHanko talks to it as python-pkcs11 would have it.


class Token:
    """A session with a token that holds one RSA key and its certificate."""

    def __init__(self, label: str, pin: str) -> None:
        self.label, self.pin = label, pin
        self.key = rsa.generate_private_key(65537, 2048)
        self.certificate = ours().certify("Token Signer", self.key)
        self.closed = False

    def __enter__(self) -> "Token":
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def get_objects(self, wanted: dict[Any, Any]) -> Iterator[Any]:
        from pkcs11 import Attribute, ObjectClass

        if wanted.get(Attribute.LABEL, self.label) != self.label:
            return iter(())
        if wanted[Attribute.CLASS] is ObjectClass.CERTIFICATE:
            value = self.certificate.public_bytes(DER)
            return iter([{Attribute.VALUE: value, Attribute.LABEL: self.label}])
        return iter([self])

    @property
    def key_type(self) -> Any:
        from pkcs11 import KeyType

        return KeyType.RSA

    def sign(self, data: bytes, **_: Any) -> bytes:
        return self.key.sign(data, PKCS1v15(), hashes.SHA256())


def test_a_key_on_a_token(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from pkcs11.exceptions import PinIncorrect
    from pyhanko.sign import pkcs11 as tokens

    token = Token("signing", PASSPHRASE)
    asked: list[tuple[str, Any]] = []

    def session(library: str, *, token_criteria: Any, user_pin: str) -> Token:
        asked.append((library, token_criteria.label))
        if user_pin != token.pin:
            raise PinIncorrect
        return token

    monkeypatch.setattr(tokens, "open_pkcs11_session", session)
    workspace.put()
    arguments: list[str] = ["sign", "ตัวอย่าง-ก", "--as", "assessee", "--pkcs11-lib", "lib.so"]
    arguments += ["--token", "card", "--key-label"]
    done = workspace.gen(*arguments, "signing", env={"GEN_PASSPHRASE": "wrong"})
    assert isinstance(done.exception, UsageError)
    assert "the token's key can't be used" in done.exception.message
    done = workspace.gen(*arguments, "another")
    assert isinstance(done.exception, UsageError)
    done = workspace.gen(*arguments, "signing")
    assert done.exception is None, done.exception
    assert asked[-1] == ("lib.so", "card")
    assert token.closed
    data = workspace.at().read_bytes()
    assert sealing.signed_fields(data) == {"assessee-1"}
    assert verdict(data).problems == ()
    assert verdict(data).signatures[0].signer == "Token Signer"
    assert workspace.at().name == f"{ONE}-agreement.pdf"


def test_a_library_that_is_none(workspace: Workspace) -> None:
    workspace.put()
    library = workspace.root / "lib.so"
    library.write_bytes(b"no library")
    done = workspace.gen(
        *("sign", "ตัวอย่าง-ก", "--as", "assessee", "--pkcs11-lib", library, "--key-label", "x")
    )
    assert isinstance(done.exception, FileError | UsageError), done.exception
    done = workspace.gen("sign", "ตัวอย่าง-ก", "--as", "assessee", "--pkcs11-lib", library)
    assert isinstance(done.exception, UsageError)
    assert "which key of the token?" in done.exception.message


def test_without_python_pkcs11(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pkcs11.exceptions", None)
    with (
        pytest.raises(MissingError, match="python-pkcs11"),
        keys.from_token(Path("x"), None, "", ""),
    ):
        pass
