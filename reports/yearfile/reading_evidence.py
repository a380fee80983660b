"""Evidence of a score sheet in a year file: links, and what is known of files."""

import re

from reports.yearfile.known import once
from reports.yearfile.schema import CriterionPart, EvidencePart
from reports.yearfile.spots import Fields, Spot, limit_of
from scoring.enums import CriterionKind
from scoring.models import Evidence

LINK = re.compile(r"https?://\S+\Z")
HASH = re.compile(r"[0-9a-f]{64}\Z")
FILE_KEYS = ("file_name", "size", "content_type", "sha256")
MAX_SIZE = 2**53


def read_evidence(spot: Spot, by_code: dict[str, CriterionPart]) -> tuple[EvidencePart, ...]:
    """The evidence of one sheet; each entry is a link or describes a file by its SHA-256."""
    spots = spot.items()
    parts = tuple(read_entry(each, by_code) for each in spots)
    keys = ((part.criterion, part.title, part.url, part.sha256) for part in parts)
    once(spots, keys, "Minh chứng này đã có ở trên.")
    return parts


def read_entry(spot: Spot, by_code: dict[str, CriterionPart]) -> EvidencePart:
    fields = spot.fields(("criterion", "title"), ("url", *FILE_KEYS))
    code = fields["criterion"].text()
    if code and (code not in by_code or by_code[code].kind == CriterionKind.GROUP):
        fields["criterion"].fault("Không có tiêu chí với mã này trong criteria.")
    url = fields["url"].optional_text(limit_of(Evidence, "url"))
    if url and not LINK.match(url):
        fields["url"].fault("Đường dẫn phải bắt đầu bằng http:// hoặc https://.")
    sha256 = fields["sha256"].optional_text()
    if sha256 and not HASH.match(sha256):
        fields["sha256"].fault("Mã băm SHA-256 gồm 64 chữ số hệ 16, viết thường.")
    refuse_both(spot, fields, url, sha256)
    return EvidencePart(
        criterion=code,
        title=fields["title"].text(limit_of(Evidence, "title")),
        url=url,
        file_name=fields["file_name"].optional_text(limit_of(Evidence, "file_name")),
        size=fields["size"].whole(high=MAX_SIZE),
        content_type=fields["content_type"].optional_text(limit_of(Evidence, "content_type")),
        sha256=sha256,
    )


def refuse_both(spot: Spot, fields: Fields, url: str, sha256: str) -> None:
    if bool(url) == bool(sha256):
        spot.fault("Mỗi minh chứng là một đường dẫn (url) hoặc một tệp (sha256), không phải cả hai.")
    elif url and any(fields[name].given for name in FILE_KEYS):
        spot.fault("Minh chứng là đường dẫn thì không có thông tin của tệp.")
