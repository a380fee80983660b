"""Issued papers in a year file: what the number book says of each, its code and its hash; never the bytes."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from accounts.domain import audit
from blocs.models import BlocYear
from reports.documents.registry import KINDS
from reports.models import IssuedDocument
from reports.yearfile.emitting import told_moment
from reports.yearfile.faults import Fault
from reports.yearfile.known import Known, once
from reports.yearfile.loading_composition import Place
from reports.yearfile.roster import Roster
from reports.yearfile.rows import Ledger, name_of
from reports.yearfile.schema_papers import IssuedPart
from reports.yearfile.spots import BIG, Fields, Spot, limit_of

HASH = re.compile(r"[0-9a-f]{64}\Z")
CODE = re.compile(r"[A-Za-z0-9_-]{16,40}\Z")
FIXED = ("kind", "title", "issued_on", "signer_name", "signer_title", "sha256", "code")
KEYS = (*FIXED, "issuer", "number", "symbol", "issued_at")


def dump_issued(bloc_year: BlocYear, roster: Roster) -> list[dict[str, Any]]:
    """The bloc-year's papers in the order of their days and numbers."""
    rows = IssuedDocument.objects.filter(bloc_year=bloc_year).select_related("issuer")
    return [dump_paper(row, roster) for row in rows.order_by("issued_on", "symbol", "number", "pk")]


def dump_paper(row: IssuedDocument, roster: Roster) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": row.title,
        "issuer": roster.code(row.issuer),
        "number": row.number,
        "symbol": row.symbol,
        "issued_on": row.issued_on,
        "issued_at": told_moment(row.issued_at),
        "signer_name": row.signer_name,
        "signer_title": row.signer_title,
        "code": row.code,
        "sha256": row.sha256,
    }


def read_issued(spot: Spot, known: Known) -> tuple[IssuedPart, ...]:
    spots = spot.items()
    parts = tuple(read_paper(each, known) for each in spots)
    once(spots, (part.code for part in parts), "Mã xác minh này đã có ở trên.", key="code")
    numbers = ((part.issuer, part.issued_on.year, part.symbol, part.number) for part in parts)
    once(spots, numbers, "Số văn bản này đã có ở trên.", key="number")
    return parts


def read_paper(spot: Spot, known: Known) -> IssuedPart:
    fields = spot.fields(KEYS)
    return IssuedPart(
        kind=read_kind(fields["kind"]),
        title=text_of(fields, "title"),
        issuer=known.agency(fields["issuer"]),
        number=fields["number"].whole(low=1, high=BIG) or 0,
        symbol=text_of(fields, "symbol"),
        issued_on=fields["issued_on"].day() or empty(fields["issued_on"], date.min),
        issued_at=fields["issued_at"].moment() or empty(fields["issued_at"], datetime.min.replace(tzinfo=UTC)),
        signer_name=text_of(fields, "signer_name"),
        signer_title=text_of(fields, "signer_title"),
        code=matching(fields["code"], CODE, "Mã xác minh gồm 16 đến 40 chữ cái, chữ số, gạch ngang, gạch dưới."),
        sha256=matching(fields["sha256"], HASH, "Mã băm SHA-256 gồm 64 chữ số hệ 16, viết thường."),
    )


def text_of(fields: Fields, name: str) -> str:
    return fields[name].text(limit_of(IssuedDocument, name))


def read_kind(spot: Spot) -> str:
    """A kind of paper; one of an earlier release that is no longer made is kept as it is."""
    return spot.code(limit_of(IssuedDocument, "kind"))


def empty(spot: Spot, instead: Any) -> Any:
    if spot.stated and spot.value is None:
        spot.fault("Không được để trống.")
    return instead


def matching(spot: Spot, pattern: re.Pattern[str], sentence: str) -> str:
    found = spot.text()
    if found and not pattern.match(found):
        spot.fault(sentence)
    return found


def write_issued(parts: Iterable[IssuedPart], place: Place, ledger: Ledger) -> None:
    """Add papers that are not here yet. An issued paper never changes: one that differs is a fault."""
    for index, part in enumerate(parts):
        path = f"issued_papers[{index}]"
        same_code = IssuedDocument.objects.filter(code=part.code).first()
        if same_code is not None:
            compare(same_code, part, place, path, ledger)
        elif sentence := taken(part, place):
            ledger.faults.append(Fault(f"{path}.number", sentence))
        else:
            create(part, place, ledger)


def taken(part: IssuedPart, place: Place) -> str:
    rows = IssuedDocument.objects.filter(issuer=place.agencies[part.issuer], issued_year=part.issued_on.year)
    found = rows.filter(symbol=part.symbol, number=part.number).first()
    return f"Số này đã dùng cho «{found.title}» ({found}) trong hệ thống này." if found else ""


def compare(row: IssuedDocument, part: IssuedPart, place: Place, path: str, ledger: Ledger) -> None:
    """Faults for each thing that the file tells otherwise than the paper that stands here."""
    told = {name: getattr(part, name) for name in (*FIXED, "number", "symbol")}
    told |= {"issuer_id": place.agencies[part.issuer].pk, "bloc_year_id": place.bloc_year.pk}
    for name, value in told.items():
        if getattr(row, name) != value:
            key = name.removesuffix("_id")
            ledger.faults.append(
                Fault(f"{path}.{key}", "Khác với văn bản đã ban hành trong hệ thống; văn bản đã ban hành không sửa.")
            )


def create(part: IssuedPart, place: Place, ledger: Ledger) -> None:
    """A paper without its bytes and without an account: they were in another installation."""
    row = IssuedDocument.objects.create(
        **{name: getattr(part, name) for name in (*FIXED, "number", "symbol", "issued_at")},
        issuer=place.agencies[part.issuer],
        bloc_year=place.bloc_year,
        issued_year=part.issued_on.year,
    )
    ledger.created[name_of(IssuedDocument)] += 1
    title = KINDS[part.kind].title if part.kind in KINDS else part.kind
    audit.record(row, "Nhập văn bản đã ban hành từ tệp năm", actor=None, after={"văn bản": f"{title} {row}"})
