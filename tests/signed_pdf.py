"""PDFs for tests: signed with a certificate of our own making, altered afterwards, hostile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from weasyprint import HTML

SIGNER = "Nguyễn Văn Chủ"


@cache
def plain_pdf() -> bytes:
    made: bytes = HTML(string="<p>Quyết định số 01/QĐ-UBND</p>").write_pdf()
    return made


@cache
def credentials() -> tuple[bytes, bytes]:
    """A key and its self-signed certificate, in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, SIGNER),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND tỉnh Mẫu"),
        ]
    )
    now = datetime.now(UTC)
    usage = {
        "digital_signature": True,
        "content_commitment": True,
        **dict.fromkeys(
            (
                *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"),
                *("encipher_only", "decipher_only"),
            ),
            False,
        ),
    }
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=3650))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, made.public_bytes(serialization.Encoding.PEM)


def signer() -> Any:
    from asn1crypto import keys, pem
    from asn1crypto import x509 as asn1_x509
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private, public = credentials()
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(pem.unarmor(public)[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(private)[2]),
        cert_registry=SimpleCertificateStore(),
    )


def signed_pdf(content: bytes | None = None, field: str = "ChuKy1") -> bytes:
    """``content`` with one more signature."""
    writer = IncrementalPdfFileWriter(BytesIO(content or plain_pdf()))
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    # pyHanko runs a loop of its own, and a browser test before this one may have left its loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        named = signers.PdfSignatureMetadata(field_name=field)
        done = thread.submit(signers.sign_pdf, writer, named, signer=signer()).result()
    found: bytes = done.getvalue()
    return found


def altered_pdf() -> bytes:
    """One byte of the signed part is another one."""
    content = bytearray(signed_pdf())
    place = content.index(b"/MediaBox")
    spot = content.index(b"]", place) - 1
    content[spot] = ord("1") if content[spot] != ord("1") else ord("2")
    return bytes(content)


def extended_pdf() -> bytes:
    """A later revision that hangs another page size on the first page."""
    from pyhanko.pdf_utils import generic

    writer = IncrementalPdfFileWriter(BytesIO(signed_pdf()))
    page, _ = writer.find_page_for_modification(0)
    page_object = page.get_object()
    page_object[generic.pdf_name("/Rotate")] = generic.NumberObject(90)
    writer.update_container(page_object)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def one_object_pdf(more: bytes) -> bytes:
    """A file whose only object is its catalogue, with ``more`` in it."""
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R " + more + b">>endobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    return body + table + b"trailer<</Size 2/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def circular_pdf() -> bytes:
    """The form's fields are the catalogue itself, and its own children without end."""
    return one_object_pdf(b"/AcroForm<</Fields[1 0 R 1 0 R]/SigFlags 3>>/Kids[1 0 R]")


def nested_pdf() -> bytes:
    """A hundred thousand lists, each inside the other."""
    return one_object_pdf(b"/AcroForm " + b"[" * 100_000 + b"]" * 100_000)
