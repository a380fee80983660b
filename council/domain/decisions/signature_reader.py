"""Reads the digital signatures of one PDF in a process of its own: the file on standard input, JSON on standard output.

Run as ``python -m``; knows no Django and fetches nothing. Whatever the file does, it ends within the limits below.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

CPU_SECONDS = 20
MEMORY = 1024 * 1024 * 1024
MOST = 50
ENCRYPTED, UNREADABLE, TOO_MANY = "encrypted", "unreadable", "too-many"


def main(roots: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        answer = read(sys.stdin.buffer.read(), roots)
    except Exception:  # a hostile file may raise anything at all
        answer = {"fault": UNREADABLE}
    sys.stdout.write(json.dumps(answer))


def read(content: bytes, roots: str) -> dict[str, Any]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        return {"fault": ENCRYPTED}
    reader.root["/Pages"]  # a file without pages is no document
    found = list(reader.embedded_regular_signatures)
    if len(found) > MOST:
        return {"fault": TOO_MANY}
    return {"signatures": [facts_of(each, roots) for each in found]}


def facts_of(signature: Any, roots: str) -> dict[str, Any]:
    """One signature; what cannot be judged is told as invalid, never as valid."""
    facts = {"signer": signer_of(signature), "at": moment_of(signature)}
    try:
        return facts | judged(signature, roots)
    except Exception:
        return facts | {"intact": False, "valid": False, "whole": False, "changed": None, "trusted": None}


def judged(signature: Any, roots: str) -> dict[str, Any]:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature

    status = validate_pdf_signature(signature, signer_validation_context=trust(roots))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    # Later signatures and their fields may be added; anything else is a change of what was signed.
    covered = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    level = status.modification_level
    allowed = covered and level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok
    return {
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "whole": whole,
        "changed": not whole and not allowed,
        "trusted": bool(status.trusted) if roots else None,
    }


def trust(roots: str) -> Any:
    from pyhanko.keys import load_certs_from_pemder
    from pyhanko_certvalidator import ValidationContext

    load: Any = load_certs_from_pemder
    return ValidationContext(trust_roots=list(load([roots])) if roots else [], allow_fetching=False)


def signer_of(signature: Any) -> str:
    """The name in the certificate, with the organisation where it names one."""
    try:
        names = signature.signer_cert.subject.native
    except Exception:
        return ""
    parts = [names.get("common_name"), names.get("organization_name")]
    return ", ".join(dict.fromkeys(str(part) for part in parts if part))[:300]


def moment_of(signature: Any) -> str | None:
    """What the signer's own clock said, in ISO 8601."""
    try:
        found = signature.self_reported_timestamp
    except Exception:
        return None
    return found.isoformat() if found is not None else None


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
