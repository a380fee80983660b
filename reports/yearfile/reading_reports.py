"""Reports of agencies, reviews and words of papers in a year file."""

from typing import Any

from reports.enums import ReportState, ReviewKind, ReviewState, RoundKind, Section
from reports.models import BlocReview, FigureValue, PaperText, Remark, ReviewComment, TextVersion
from reports.yearfile.known import Known, once
from reports.yearfile.reading_sessions import told
from reports.yearfile.schema_reports import (
    CommentPart,
    FigurePart,
    PaperTextPart,
    ReportPart,
    ReportRoundPart,
    ReviewPart,
    TablePart,
    TextVersionPart,
)
from reports.yearfile.spots import Spot, limit_of
from reports.yearfile.writings import read_json, read_typed, version_fault

REMARK_COLUMNS = ("section", "text", "made_at", "settled_at")
REVIEW_COLUMNS = ("consulting_since", "consulting_until")
COMMENT_COLUMNS = ("section", "text", "made_at", "taken", "answer", "answered_at")
MOST_ROWS = 200
LONGEST_CELL = 500
HIGHEST = 10**16 - 1
Rounds = tuple[ReportRoundPart, ...]


def read_reports(spot: Spot, known: Known, rounds: Rounds) -> tuple[ReportPart, ...]:
    spots = spot.items()
    parts = tuple(read_report(each, known, rounds) for each in spots)
    keys = ((part.agency, part.kind if part.kind != RoundKind.AD_HOC else str(part.round)) for part in parts)
    once(spots, keys, "Báo cáo của đơn vị trong kỳ này đã có ở trên.", key="agency")
    return parts


def read_report(spot: Spot, known: Known, rounds: Rounds) -> ReportPart:
    fields = spot.fields(
        ("agency", "kind"),
        ("round", "state", "sent_at", "texts", "figures", "tables", "remarks", "versions"),
    )
    kind = fields["kind"].choice(RoundKind) if fields["kind"].stated else ""
    number = read_round_number(fields["round"], kind, rounds)
    a_round = rounds[number - 1] if number else None
    keys = frozenset({*Section.values, *(part.key for part in a_round.sections)} if a_round else Section.values)
    return ReportPart(
        agency=known.agency(fields["agency"]),
        kind=kind,
        round=number,
        state=fields["state"].maybe_choice(ReportState),
        sent_at=fields["sent_at"].moment(),
        texts=read_texts(fields["texts"], keys),
        figures=read_figures(fields["figures"], a_round),
        tables=read_tables(fields["tables"], a_round),
        remarks=read_remarks(fields["remarks"]),
        versions=read_versions(fields["versions"]),
    )


def read_round_number(spot: Spot, kind: str, rounds: Rounds) -> int:
    """The place of the report's round in the list of rounds, from 1; 0: a report without one."""
    if not spot.given:
        if kind == RoundKind.AD_HOC:
            spot.fault("Báo cáo đột xuất, chuyên đề phải thuộc một đợt của report_rounds.")
        return 0
    found = spot.whole(low=1) or 0
    if found > len(rounds):
        spot.fault(f"Danh sách report_rounds của tệp chỉ có {len(rounds)} đợt.")
        return 0
    if found and kind and rounds[found - 1].kind and rounds[found - 1].kind != kind:
        spot.fault(f"Đợt này là của kỳ «{rounds[found - 1].kind}», không phải «{kind}».")
    return found


def read_texts(spot: Spot, keys: frozenset[str]) -> dict[str, str]:
    found = {}
    for key, each in spot.pairs():
        text = read_typed(each)
        if key in keys:
            found[key] = text
        else:
            each.fault(f"Đề cương của báo cáo không có mục «{key[:60]}».")
    return found


def read_place(spot: Spot) -> str:
    """The key of the section that a remark speaks of, "" for the whole; the outline may have dropped it since."""
    return spot.code(limit_of(Remark, "section")) if spot.given else ""


def read_figures(spot: Spot, a_round: ReportRoundPart | None) -> tuple[FigurePart, ...]:
    spots = spot.items()
    parts = tuple(read_figure(each, a_round) for each in spots)
    once(spots, ((part.section, part.key) for part in parts), "Số liệu này đã có ở trên.")
    return parts


def read_figure(spot: Spot, a_round: ReportRoundPart | None) -> FigurePart:
    fields = spot.fields(("section", "key"), ("value", "note"))
    name, key = fields["section"].text(), fields["key"].text()
    section = a_round.section(name) if a_round else None
    if name and key and (section is None or key not in {part.key for part in section.figures}):
        spot.fault("Đề cương của báo cáo không có số liệu này.")
    return FigurePart(
        section=name,
        key=key,
        value=fields["value"].number(places=4, low=None, high=HIGHEST),
        note=fields["note"].optional_text(limit_of(FigureValue, "note")),
    )


def read_tables(spot: Spot, a_round: ReportRoundPart | None) -> tuple[TablePart, ...]:
    spots = spot.items()
    parts = tuple(read_table(each, a_round) for each in spots)
    once(spots, ((part.section, part.key) for part in parts), "Bảng này đã có ở trên.")
    return parts


def read_table(spot: Spot, a_round: ReportRoundPart | None) -> TablePart:
    fields = spot.fields(("section", "key", "rows"))
    name, key = fields["section"].text(), fields["key"].text()
    section = a_round.section(name) if a_round else None
    columns = section.column_keys(key) if section else ()
    if name and key and (section is None or key not in {part.key for part in section.tables}):
        spot.fault("Đề cương của báo cáo không có bảng này.")
        return TablePart(name, key, ())
    rows = fields["rows"].items()
    if len(rows) > MOST_ROWS:
        fields["rows"].fault(f"Bảng có {len(rows)} dòng, tối đa {MOST_ROWS}.")
    return TablePart(name, key, tuple(cells for each in rows if (cells := read_cells(each, columns))))


def read_cells(spot: Spot, columns: tuple[str, ...]) -> dict[str, str]:
    fields = spot.fields((), columns)
    cells = {key: fields[key].optional_text(LONGEST_CELL) for key in columns}
    return {key: text for key, text in cells.items() if text}


def read_remarks(spot: Spot) -> tuple[dict[str, Any], ...]:
    spots = spot.items()
    found = []
    for each in spots:
        fields = each.fields(("text", "made_at"), ("section", "settled_at"))
        values = told(fields, Remark, REMARK_COLUMNS, ("text", "made_at"))
        values["section"] = read_place(fields["section"])
        found.append(values)
    keys_of = ((each["text"], each["section"], each["made_at"]) for each in found)
    once(spots, keys_of, "Yêu cầu bổ sung này đã có ở trên.")
    return tuple(found)


def read_versions(spot: Spot) -> tuple[TextVersionPart, ...]:
    spots = spot.items()
    parts = tuple(read_version(each) for each in spots)
    once(spots, (part.number for part in parts), "Phiên bản này đã có ở trên.", key="number")
    return parts


def read_version(spot: Spot) -> TextVersionPart:
    fields = spot.fields(("number", "made_at", "reason", "content"))
    values = told(fields, TextVersion, ("reason", "made_at"), ("reason", "made_at"))
    content = read_json(fields["content"])
    if fault := version_fault(content):
        fields["content"].fault(fault)
    number = fields["number"].whole(low=1)
    if fields["number"].stated and fields["number"].value is None:
        fields["number"].fault("Không được để trống.")
    return TextVersionPart(number or 0, values["made_at"], values["reason"], content)


def read_reviews(spot: Spot, known: Known) -> tuple[ReviewPart, ...]:
    spots = spot.items()
    parts = tuple(read_review(each, known) for each in spots)
    once(spots, (part.kind for part in parts), "Báo cáo của kỳ này đã có ở trên.", key="kind")
    return parts


def read_review(spot: Spot, known: Known) -> ReviewPart:
    fields = spot.fields(("kind",), ("state", *REVIEW_COLUMNS, "comments", "versions"))
    values = told(fields, BlocReview, REVIEW_COLUMNS, ())
    since, until = (values[name] for name in REVIEW_COLUMNS)
    if since and until and until < since:
        fields["consulting_until"].fault("Ngày kết thúc lấy ý kiến không được trước ngày bắt đầu.")
    return ReviewPart(
        kind=fields["kind"].choice(ReviewKind) if fields["kind"].stated else "",
        state=fields["state"].maybe_choice(ReviewState),
        values=values,
        comments=read_comments(fields["comments"], known),
        versions=read_versions(fields["versions"]),
    )


def read_comments(spot: Spot, known: Known) -> tuple[CommentPart, ...]:
    spots = spot.items()
    parts = []
    for each in spots:
        rest = tuple(name for name in COMMENT_COLUMNS if name not in ("text", "made_at"))
        fields = each.fields(("agency", "text", "made_at"), rest)
        values = told(fields, ReviewComment, COMMENT_COLUMNS, ("text", "made_at"))
        if values["section"] and values["section"] not in Section.values:
            fields["section"].fault(f"Chọn một trong: {', '.join(Section.values)}; góp ý chung thì bỏ mục này.")
        parts.append(CommentPart(known.agency(fields["agency"]), values))
    keys = ((part.agency, part.values["section"], part.values["text"], part.values["made_at"]) for part in parts)
    once(spots, keys, "Ý kiến này đã có ở trên.")
    return tuple(parts)


def read_paper_texts(spot: Spot) -> tuple[PaperTextPart, ...]:
    spots = spot.items()
    parts = []
    for each in spots:
        fields = each.fields(("kind", "part", "text"))
        kind, part = (fields[name].code(limit_of(PaperText, name)) for name in ("kind", "part"))
        parts.append(PaperTextPart(kind, part, read_typed(fields["text"])))
    once(spots, ((part.kind, part.part) for part in parts), "Phần này đã có ở trên.", key="part")
    return tuple(parts)
