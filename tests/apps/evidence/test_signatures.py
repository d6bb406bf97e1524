"""Signatures of PDFs: by whom, when, unchanged or not, and who vouches for the signer."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from evidence_files import docx, pdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import pdf_cms, pdf_signer

from parindex.apps.evidence import signatures
from parindex.apps.evidence.signatures import Issuer, signatures_of


DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ban Thử nghiệm"),
        ]
    )


def _certificate(subject: str, issuer: str, key, signing_key, *, days: int = 100, authority: bool = False):
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 100 * DAY)
        .not_valid_after(NOW + days * DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(signing_key, hashes.SHA256())
    )


class Authority:
    """An authority that vouches for one signer."""

    def __init__(self, folder, *, days: int = 100) -> None:
        key, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = _certificate("CA Thử", "CA Thử", key, key, authority=True)
        certificate = _certificate("Nguyễn Văn Bình", "CA Thử", own, key, days=days)
        folder.mkdir()
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        (folder / "key").write_bytes(own.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
        (folder / "cert").write_bytes(certificate.public_bytes(pem))
        self.signer = signers.SimpleSigner.load(str(folder / "key"), str(folder / "cert"))

    def sign(self, content: bytes, field: str = "Ký", **more) -> bytes:
        """The document, signed."""
        file = io.BytesIO(content)
        signers.PdfSigner(
            signers.PdfSignatureMetadata(field_name=field, **more),
            self.signer,
            new_field_spec=SigFieldSpec(field),
        ).sign_pdf(IncrementalPdfFileWriter(file), in_place=True)
        return file.getvalue()

    def install(self, home, ending: str = "pem") -> None:
        """As the administrator does."""
        (home / "trust").mkdir(exist_ok=True)
        form = serialization.Encoding.PEM if ending == "pem" else serialization.Encoding.DER
        (home / "trust" / f"ca.{ending}").write_bytes(self.root.public_bytes(form))
        (home / "trust" / "note.txt").write_text("không phải chứng thư")
        (home / "trust" / "broken.crt").write_bytes(b"abc")


@pytest.fixture
def home(settings, tmp_path):
    """Of this test's site."""
    settings.PARINDEX_HOME = tmp_path / "home"
    settings.PARINDEX_HOME.mkdir()
    return settings.PARINDEX_HOME


@pytest.mark.parametrize("ending", ["pem", "cer"])
def test_a_signer_whom_the_trust_store_vouches_for(desk, home, tmp_path, ending):
    """With name, organisation and time; nothing was changed."""
    authority = Authority(tmp_path / "a")
    authority.install(home, ending)
    (found,) = signatures_of(desk.upload(authority.sign(pdf("x"))).document)
    assert (found.signer, found.organisation) == ("Nguyễn Văn Bình", "Ban Thử nghiệm")
    assert (found.intact, found.changed_after, found.issuer) == (True, False, Issuer.TRUSTED)
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=10)
    assert found.at_proved is False


def test_a_signer_whom_nobody_here_knows_is_not_determined(desk, home, tmp_path):
    """The document is as it was signed all the same."""
    Authority(tmp_path / "a").install(home)
    (found,) = signatures_of(desk.upload(Authority(tmp_path / "b").sign(pdf("x"))).document)
    assert (found.intact, found.issuer) == (True, Issuer.UNKNOWN)


def test_a_changed_document_is_not_intact(desk, home, tmp_path):
    """One letter."""
    content = Authority(tmp_path / "a").sign(pdf("x"))
    changed = (
        content.replace(b"/Rotate", b"/Rotat3", 1)
        if b"/Rotate" in content
        else content.replace(b"595", b"594", 1)
    )
    assert changed != content
    (found,) = signatures_of(desk.upload(changed).document)
    assert found.intact is False


def test_two_signatures_one_after_the_other_both_stand(desk, home, tmp_path):
    """The drafter's and the head's; the second does not spoil the first."""
    one, two = Authority(tmp_path / "a"), Authority(tmp_path / "b")
    one.install(home)
    found = signatures_of(desk.upload(two.sign(one.sign(pdf("x")), "Ký hai")).document)
    assert [(f.intact, f.changed_after, f.issuer) for f in found] == [
        (True, False, Issuer.TRUSTED),
        (True, False, Issuer.UNKNOWN),
    ]


def test_a_certificate_that_has_run_out_was_good_when_it_signed(desk, home, tmp_path):
    """By the signer's own clock, which is said."""
    authority = Authority(tmp_path / "a", days=-10)
    authority.install(home)
    (found,) = signatures_of(desk.upload(_signed_at(authority, NOW - 30 * DAY)).document)
    assert (found.intact, found.issuer, found.at_proved) == (True, Issuer.WAS_TRUSTED, False)
    assert abs(found.at - (NOW - 30 * DAY)) < timedelta(minutes=10)


def _signed_at(authority: Authority, moment: datetime) -> bytes:
    """A signature whose clock stood at a moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        for module in (pdf_cms, pdf_signer):
            patch.setattr(module, "datetime", Clock)
        return authority.sign(pdf("x"))


def test_what_is_not_signed_or_no_pdf(desk, home):
    assert signatures_of(desk.upload(pdf("x")).document) == []
    assert signatures_of(desk.upload(docx("x"), "a.docx").document) is None


def test_without_the_extra_nothing_is_said(desk, home, monkeypatch):
    monkeypatch.setattr(signatures, "find_spec", lambda _: None)
    assert signatures_of(desk.upload(pdf("x")).document) is None
