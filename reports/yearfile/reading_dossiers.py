"""Award dossiers of a year file: nominations, papers, what was asked, what was sent."""

import re
from typing import Any

from awards.enums import DossierState, NominationState
from awards.models import Attachment, AwardForm, Dossier, Nomination, NominationText, Opinion, Subject, Supplement
from blocs.models import Movement
from reports.yearfile.columns import read_columns
from reports.yearfile.known import Known, once
from reports.yearfile.schema_awards import (
    AttachmentPart,
    DossierPart,
    NominationPart,
    OpinionPart,
    SubjectPart,
    SupplementPart,
    VersionPart,
)
from reports.yearfile.spots import Fields, Spot, limit_of
from reports.yearfile.writings import read_json

HASH = re.compile(r"[0-9a-f]{64}\Z")
COLUMNS = (
    *("proposer", "category", "title", "achievement_from", "achievement_until", "simplified", "simplified_reason"),
    *("paper_number", "paper_date", "due", "signed_off_at", "submitted_at", "late_days", "received_on", "complete_on"),
    *("appraisal_due", "appraised_at", "favourable_rule_set", "favourable_reason"),
)
NOMINATION_COLUMNS = (
    *("branch", "name", "unit", "post", "group", "field", "achievement", "summary"),
    *("appraisal_reason", "appraised_at"),
)
PAPER_COLUMNS = ("kind", "title", "file_name", "size", "content_type", "sha256")
SUPPLEMENT_COLUMNS = ("target", "request", "due", "state", "answer", "answered_at")
OPINION_COLUMNS = ("kind", "question", "asked_on", "due", "answer", "text", "document", "answered_at")


def read_dossiers(spot: Spot, known: Known, subjects: tuple[SubjectPart, ...]) -> tuple[DossierPart, ...]:
    codes = frozenset(part.code for part in subjects)
    initiatives = frozenset(line.values["code"] for part in subjects for line in part.history.get("initiatives", ()))
    spots = spot.items()
    parts = tuple(read_dossier(each, known, codes, initiatives) for each in spots)
    once(spots, (part.code for part in parts), "Mã hồ sơ này đã có ở trên.", key="code")
    return parts


def read_dossier(spot: Spot, known: Known, subjects: frozenset[str], initiatives: frozenset[str]) -> DossierPart:
    fields = spot.fields(
        ("code", "agency", "title"),
        (
            *(name for name in COLUMNS if name != "title"),
            *("state", "movement", "nominations", "papers", "supplements", "opinions", "versions"),
        ),
    )
    values = read_columns(fields, Dossier, COLUMNS)
    refuse_odd_period(fields, values)
    spots = fields["nominations"].items()
    nominations = tuple(read_nomination(each, subjects, initiatives) for each in spots)
    once(spots, ((part.subject, part.award) for part in nominations), "Trường hợp đề nghị này đã có ở trên.")
    pairs = frozenset((part.subject, part.award) for part in nominations)
    return DossierPart(
        code=fields["code"].code(limit_of(Dossier, "code")),
        agency=known.agency(fields["agency"]),
        state=fields["state"].maybe_choice(DossierState),
        movement=fields["movement"].optional_text(limit_of(Movement, "name")),
        values=values,
        nominations=nominations,
        papers=read_papers(fields["papers"]),
        supplements=tuple(read_supplement(each, pairs) for each in fields["supplements"].items()),
        opinions=tuple(read_opinion(each, known, pairs) for each in fields["opinions"].items()),
        versions=read_versions(fields["versions"]),
    )


def refuse_odd_period(fields: Fields, values: dict[str, Any]) -> None:
    starts, ends = values["achievement_from"], values["achievement_until"]
    if starts and ends and ends < starts:
        fields["achievement_until"].fault("Ngày cuối của thành tích không được trước ngày đầu.")


def read_nomination(spot: Spot, subjects: frozenset[str], initiatives: frozenset[str]) -> NominationPart:
    fields = spot.fields(
        ("subject", "award"), ("state", "attested", "texts", "initiatives", "papers", *NOMINATION_COLUMNS)
    )
    used = fields["initiatives"].items()
    codes = tuple(each.reference(initiatives, "sáng kiến của các đối tượng trong tệp") for each in used)
    once(used, codes, "Sáng kiến này đã có ở trên.")
    limit = limit_of(NominationText, "section")
    return NominationPart(
        subject=fields["subject"].reference(subjects, "danh sách subjects của tệp"),
        award=fields["award"].code(limit_of(AwardForm, "code")),
        state=fields["state"].maybe_choice(NominationState),
        values=read_columns(fields, Nomination, NOMINATION_COLUMNS),
        attested={key: each.flag() for key, each in fields["attested"].pairs()},
        texts=tuple((key[:limit], each.optional_text(lines=True)) for key, each in fields["texts"].pairs()),
        initiatives=codes,
        papers=read_papers(fields["papers"]),
    )


def read_papers(spot: Spot) -> tuple[AttachmentPart, ...]:
    spots = spot.items()
    parts = tuple(read_paper(each) for each in spots)
    keys = ((part.values["kind"], part.values["title"], part.values["sha256"]) for part in parts)
    once(spots, keys, "Giấy tờ này đã có ở trên.")
    return parts


def read_paper(spot: Spot) -> AttachmentPart:
    fields = spot.fields(("kind", "title", "sha256"), ("file_name", "size", "content_type"))
    values = read_columns(fields, Attachment, PAPER_COLUMNS)
    if values["sha256"] and not HASH.match(values["sha256"]):
        fields["sha256"].fault("Mã băm SHA-256 gồm 64 chữ số hệ 16, viết thường.")
    return AttachmentPart(values)


def read_pair(spot: Spot, pairs: frozenset[tuple[str, str]]) -> tuple[str, str] | None:
    """A nomination of the same dossier, named by its subject and award."""
    if not spot.given:
        return None
    fields = spot.fields(("subject", "award"))
    pair = (fields["subject"].text(limit_of(Subject, "code")), fields["award"].text(limit_of(AwardForm, "code")))
    if all(pair) and pair not in pairs:
        spot.fault("Hồ sơ không có trường hợp đề nghị này.")
    return pair


def read_supplement(spot: Spot, pairs: frozenset[tuple[str, str]]) -> SupplementPart:
    fields = spot.fields(
        ("target", "request"),
        ("nomination", *(name for name in SUPPLEMENT_COLUMNS if name not in ("target", "request"))),
    )
    return SupplementPart(read_columns(fields, Supplement, SUPPLEMENT_COLUMNS), read_pair(fields["nomination"], pairs))


def read_opinion(spot: Spot, known: Known, pairs: frozenset[tuple[str, str]]) -> OpinionPart:
    required = ("kind", "question", "asked_on", "due")
    fields = spot.fields(
        ("asked", *required), ("nominations", *(name for name in OPINION_COLUMNS if name not in required))
    )
    values = read_columns(fields, Opinion, OPINION_COLUMNS)
    if values["due"] and values["asked_on"] and values["due"] < values["asked_on"]:
        fields["due"].fault("Hạn trả lời không được trước ngày gửi.")
    found = (read_pair(each, pairs) for each in fields["nominations"].items())
    return OpinionPart(known.agency(fields["asked"]), values, tuple(pair for pair in found if pair is not None))


def read_versions(spot: Spot) -> tuple[VersionPart, ...]:
    spots = spot.items()
    parts = tuple(read_version(each) for each in spots)
    once(spots, (part.number for part in parts), "Lần gửi này đã có ở trên.", key="number")
    return parts


def read_version(spot: Spot) -> VersionPart:
    fields = spot.fields(("number", "sent_at", "content"))
    content = read_json(fields["content"])
    return VersionPart(fields["number"].whole(low=1) or 0, fields["sent_at"].moment(), content)
