"""Rows of a nominee sheet: who is proposed for what, into a dossier that is being made."""

from collections.abc import Hashable, Sequence

from django.db.models import Max

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from awards.domain.importing.desk import Desk
from awards.domain.importing.making import Made
from awards.domain.importing.rows import Row
from awards.domain.importing.subjects import add_subjects, name_key, repeats
from awards.domain.importing.whom import settle
from awards.domain.nominations import ADDED, bump, names_of, nomination_of
from awards.domain.opened import locked, refuse_unless_draft
from awards.domain.subjects import agency_subject
from awards.enums import Category, SubjectGroup, SubjectKind
from awards.models import Dossier, Nomination
from khoithidua.web.text import search_key

KIND_OF_GROUP = {
    SubjectGroup.COLLECTIVE: SubjectKind.COLLECTIVE,
    SubjectGroup.ENTERPRISE: SubjectKind.COLLECTIVE,
    SubjectGroup.HOUSEHOLD: SubjectKind.HOUSEHOLD,
}
NO_KIND = "đang bỏ trống. Hãy ghi «Tên gọi» (Ông, Bà, Tập thể, Hộ gia đình) hoặc «Phân loại đối tượng»."
TWO_KINDS = "không khớp với «Tên gọi». Hãy ghi lại một trong hai cột."
OTHER_CATEGORY = "là «{row}», còn hồ sơ này là «{dossier}». Hãy bỏ dòng này hoặc nhập vào hồ sơ khác."
TWICE = (
    "trùng với dòng {row}: cùng đối tượng, cùng hình thức. Hãy bỏ một dòng; nếu là hai người, "
    "hãy ghi rõ chức vụ, đơn vị công tác để phân biệt."
)
NOMINATED = "đã có trong hồ sơ với hình thức này. Hãy bỏ dòng này."
NO_DOSSIER = "Chưa chọn hồ sơ để nhập danh sách. Hãy chọn hồ sơ đang soạn."


def examine(rows: Sequence[Row], desk: Desk) -> None:
    """Kind, subject and award of each row; nobody twice for the same award, here or in the dossier.

    Into a bloc's dossier come its members and their people.
    """
    for row in rows:
        read_kind(row, desk)
        if desk.bloc_year is not None:
            desk.place_member(row)
        else:
            row.agency_id = desk.agency.pk if desk.agency else None
        check_category(row, desk)
    settle(rows, desk, may_add=True)
    share_new(rows)
    for row in rows:
        desk.place_award(row)
    refuse_twice(rows, desk)


def read_kind(row: Row, desk: Desk) -> None:
    """Person, collective or household: by «Phân loại đối tượng», else by «Tên gọi»; both must agree."""
    addressed, _, sex = row.get("address").partition(" ")
    group = row.get("group")
    grouped = "" if not group else SubjectKind.INDIVIDUAL if group == "individual" else kind_of_group(group)
    row.values["sex"] = sex
    row.values["group"] = "" if group == "individual" else group
    row.kind = grouped or addressed
    at_fault = {header for header, _ in row.faults} & {desk.headers["group"], desk.headers["address"]}
    if grouped and addressed and grouped != addressed:
        row.kind = ""
        row.fault(desk.headers["group"], TWO_KINDS)
    elif not row.kind and not at_fault:
        row.fault(desk.headers["group"], NO_KIND)


def kind_of_group(group: str) -> str:
    return str(KIND_OF_GROUP.get(SubjectGroup(group), SubjectKind.INDIVIDUAL))


def check_category(row: Row, desk: Desk) -> None:
    stated = row.get("category")
    if stated and desk.dossier is not None and stated != desk.dossier.category:
        words = {"row": Category(stated).label, "dossier": Category(desk.dossier.category).label}
        row.fault(desk.headers["category"], OTHER_CATEGORY.format(**words))


def share_new(rows: Sequence[Row]) -> None:
    """Rows of one new subject bring it once: the same name and unit, and no two different posts."""
    known: dict[Hashable, list[Row]] = {}
    for row in rows:
        if not row.adds_subject:
            continue
        firsts = known.setdefault(name_key(row), [])
        same = next((first for first in firsts if same_post(first, row)), None)
        if same is None:
            firsts.append(row)
        else:
            row.same_as = same


def same_post(one: Row, other: Row) -> bool:
    posts = {search_key(one.get("post")), search_key(other.get("post"))} - {""}
    return len(posts) <= 1


def subject_key(row: Row) -> Hashable | None:
    if row.same_as is not None:
        return "row", row.same_as.number
    return ("pk", row.subject.pk) if row.subject else None


def refuse_twice(rows: Sequence[Row], desk: Desk) -> None:
    """In the file, and against what the dossier holds. One query."""
    header = desk.headers["name"]
    named = [row for row in rows if row.award is not None and subject_key(row) is not None]
    for row, first in repeats(named, lambda row: (subject_key(row), row.award.pk if row.award else 0)):
        row.fault(header, TWICE.format(row=first.number))
    held = set(Nomination.objects.filter(dossier=desk.dossier).values_list("subject_id", "award_id"))
    for row in named:
        if row.subject is not None and row.award is not None and (row.subject.pk, row.award.pk) in held:
            row.fault(header, NOMINATED)


def write(rows: Sequence[Row], desk: Desk) -> Made:
    """Add new subjects and one nomination for each row, in the file's order, after those that are there.

    TransitionRefused when the dossier is no draft any more.
    """
    dossier = draft(desk)
    made = Made()
    link_members(rows, desk)
    fresh = add_subjects(rows, desk, made)
    start = dossier.nominations.aggregate(last=Max("position"))["last"] or 0
    nominations = []
    for place, row in enumerate(rows, start=start + 1):
        subject, award = row.target(), row.award
        if subject is not None and award is not None:
            fields = {key: row.get(key) for key in ("name", "unit", "post", "group", "field", "achievement")}
            nominations.append(nomination_of(dossier, subject, award, place, desk.actor, fields))
    made.add(nominations)
    made.subject_ids = {each.subject_id for each in nominations}
    record_on(dossier, nominations, desk)
    new = f", trong đó {len(fresh)} đối tượng mới vào sổ" if fresh else ""
    made.words = f"Đã thêm {len(nominations)} trường hợp đề nghị vào hồ sơ{new}."
    return made


def link_members(rows: Sequence[Row], desk: Desk) -> None:
    """A member agency that is proposed itself is that agency in the register, not a new collective of its name."""
    for row in rows:
        if row.adds_subject and (agency := desk.member_itself(row)) is not None:
            row.subject, row.same_as = agency_subject(agency, actor=desk.actor), None


def draft(desk: Desk) -> Dossier:
    if desk.dossier is None:
        raise TransitionRefused(NO_DOSSIER)
    dossier = locked(desk.dossier)
    refuse_unless_draft(dossier)
    return dossier


def record_on(dossier: Dossier, nominations: Sequence[Nomination], desk: Desk) -> None:
    """One entry in the dossier's trail for all of them, as adding many by hand writes."""
    bump(dossier)
    after = {"tệp": desk.file_name, "trường hợp": names_of(each.name for each in nominations)}
    audit.record(dossier, f"{ADDED} từ tệp", actor=desk.actor, after=after)
