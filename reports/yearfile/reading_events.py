"""Conferences, petitions, commendations, written parts and the handover of a year file."""

from blocs.enums import (
    AttendanceLevel,
    Award,
    CommendationStatus,
    ConferenceKind,
    Period,
    PetitionStatus,
    RecipientKind,
    SuccessionMode,
)
from blocs.models import Commendation, Conference, Petition
from reports.enums import ReviewKind, Section
from reports.yearfile.known import Known, once
from reports.yearfile.schema import CommendationPart, ConferencePart, PetitionPart, SuccessionPart
from reports.yearfile.spots import BIG, Spot, limit_of

REVIEWS = {"mid_year": ReviewKind.MID_YEAR.value, "annual": ReviewKind.ANNUAL.value}


def read_conferences(spot: Spot, known: Known) -> tuple[ConferencePart, ...]:
    spots = spot.items()
    parts = tuple(read_conference(each, known) for each in spots)
    # Only a known day can repeat, and other meetings may share one.
    apart = [part.kind == ConferenceKind.OTHER or part.held_on is None for part in parts]
    keys = [
        (f"{part.kind} {n}" if loose else part.kind, part.held_on)
        for n, (part, loose) in enumerate(zip(parts, apart, strict=True))
    ]
    once(spots, keys, "Hội nghị cùng loại, cùng ngày đã có ở trên.")
    return parts


def read_conference(spot: Spot, known: Known) -> ConferencePart:
    fields = spot.fields(
        ("kind",),
        ("held_on", "starts", "ends", "place", "chair", "secretary", "attended", "guests", "conclusions", "agenda"),
    )
    chair = fields["chair"]
    chairing = chair.fields((), ("name", "title", "agency")) if chair.given else None
    starts, ends = fields["starts"].clock(), fields["ends"].clock()
    if starts and ends and ends <= starts:
        fields["ends"].fault("Giờ kết thúc phải sau giờ bắt đầu.")
    return ConferencePart(
        kind=fields["kind"].choice(ConferenceKind) if fields["kind"].stated else "",
        held_on=fields["held_on"].day(),
        starts=starts,
        ends=ends,
        place=fields["place"].optional_text(limit_of(Conference, "place")),
        chair_name=chairing["name"].optional_text(limit_of(Conference, "chair_name")) if chairing else "",
        chair_title=chairing["title"].optional_text(limit_of(Conference, "chair_title")) if chairing else "",
        chair_agency=known.maybe_agency(chairing["agency"]) if chairing else "",
        **read_secretary(fields["secretary"]),
        agenda=fields["agenda"].optional_text(lines=True),
        attended=read_attended(fields["attended"], known),
        guests=fields["guests"].texts(),
        conclusions=fields["conclusions"].texts(),
    )


def read_secretary(spot: Spot) -> dict[str, str]:
    """Who took the minutes."""
    if not spot.given:
        return {}
    fields = spot.fields(("name",), ("title",))
    return {
        f"secretary_{name}": fields[name].optional_text(limit_of(Conference, f"secretary_{name}"))
        for name in ("name", "title")
    }


def read_attended(spot: Spot, known: Known) -> tuple[tuple[str, str], ...] | None:
    """Codes, or ``{agency, level}`` where the level that came is known."""
    if not spot.given:
        return None
    spots = spot.items()
    rows = []
    for each in spots:
        if isinstance(each.value, dict):
            fields = each.fields(("agency",), ("level",))
            level = fields["level"]
            rows.append((known.agency(fields["agency"]), level.choice(AttendanceLevel) if level.given else ""))
        else:
            rows.append((known.agency(each), ""))
    once(spots, (code for code, _ in rows), "Đơn vị này đã có ở trên.")
    return tuple(rows)


def read_petitions(spot: Spot, known: Known) -> tuple[PetitionPart, ...]:
    spots = spot.items()
    parts = tuple(read_petition(each, known) for each in spots)
    keys = ((part.agency, part.received_on, part.subject, part.status) for part in parts)
    once(spots, keys, "Đơn thư này đã có ở trên.")
    return parts


def read_petition(spot: Spot, known: Known) -> PetitionPart:
    fields = spot.fields(("agency", "subject"), ("received_on", "status"))
    return PetitionPart(
        agency=known.agency(fields["agency"]),
        received_on=fields["received_on"].day(),
        subject=fields["subject"].text(limit_of(Petition, "subject")),
        status=fields["status"].maybe_choice(PetitionStatus),
    )


def read_commendations(spot: Spot, known: Known) -> tuple[CommendationPart, ...]:
    spots = spot.items()
    parts = tuple(read_commendation(each, known) for each in spots)
    keys = [
        (part.agency, part.period, part.award, part.issuer, part.status, part.reason, part.recipients) for part in parts
    ]
    once(spots, keys, "Dòng này trùng với một dòng ở trên. Hãy gộp lại, hoặc ghi rõ reason của từng dòng.")
    return parts


def read_commendation(spot: Spot, known: Known) -> CommendationPart:
    fields = spot.fields(("agency", "award", "recipients"), ("period", "issuer", "status", "reason"))
    recipients = []
    for key, count in fields["recipients"].pairs():
        if key not in RecipientKind.values:
            count.fault(f"Không có đối tượng này. Chọn một trong: {', '.join(RecipientKind.values)}.")
        else:
            recipients.append((key, count.whole(high=BIG)))
    if fields["recipients"].value in (None, {}):
        fields["recipients"].fault("Hãy ghi ít nhất một đối tượng; chưa có số thì ghi null cho đối tượng đó.")
    return CommendationPart(
        agency=known.agency(fields["agency"]),
        period=fields["period"].choice(Period, Period.YEAR),
        award=fields["award"].choice(Award) if fields["award"].stated else "",
        issuer=fields["issuer"].optional_text(limit_of(Commendation, "issuer")),
        status=fields["status"].choice(CommendationStatus, CommendationStatus.AWARDED),
        reason=fields["reason"].optional_text(limit_of(Commendation, "reason")),
        recipients=tuple(recipients),
    )


def read_narrative(spot: Spot) -> dict[str, dict[str, tuple[str, ...]]]:
    """Paragraphs by review kind and section; empty sections are left out."""
    if not spot.given:
        return {}
    fields = spot.fields((), REVIEWS)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, kind in REVIEWS.items():
        if not fields[key].given:
            continue
        sections = fields[key].fields((), Section.values)
        texts = {section: sections[section].texts() for section in Section.values}
        found[kind] = {section: paragraphs for section, paragraphs in texts.items() if paragraphs}
    return found


def read_next_year(spot: Spot, known: Known) -> SuccessionPart | None:
    if not spot.given:
        return None
    fields = spot.fields(("head",), ("deputies", "mode", "handed_over_on", "items"))
    head = known.maybe_agency(fields["head"])
    spots = fields["deputies"].items()
    deputies = tuple(known.agency(each) for each in spots)
    once(spots, deputies, "Đơn vị này đã có ở trên.")
    for each, code in zip(spots, deputies, strict=True):
        if code and code == head:
            each.fault("Đơn vị này đã là trưởng khối năm sau.")
    return SuccessionPart(
        head=head,
        deputies=deputies,
        mode=fields["mode"].maybe_choice(SuccessionMode),
        handed_over_on=fields["handed_over_on"].day(),
        items=fields["items"].optional_text(lines=True),
    )
