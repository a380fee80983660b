"""Dossiers from a year file: one audit entry for each that changed."""

from typing import Any

from accounts.domain import audit
from awards.domain.checking import recheck_dossier
from awards.enums import Proposer
from awards.models import (
    Attachment,
    AwardForm,
    Dossier,
    DossierVersion,
    InitiativeUse,
    Nomination,
    NominationText,
    Opinion,
    Supplement,
)
from blocs.domain.workflow import restore_state
from blocs.models import Movement
from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_subjects import Named
from reports.yearfile.rows import Exactly, Ledger, first_of, queues, says
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_awards import AttachmentPart, DossierPart, NominationPart
from reports.yearfile.writings import cleaned

Pairs = dict[tuple[str, str], Nomination]


def write_dossiers(year_file: YearFile, place: Place, named: Named, ledger: Ledger) -> None:
    codes = [part.code for part in year_file.dossiers]
    known = {row.code: row for row in Dossier.objects.filter(code__in=codes)}
    for number, part in enumerate(year_file.dossiers):
        row, path = known.get(part.code), f"dossiers[{number}]"
        if row is not None and not belongs(row, place):
            ledger.faults.append(Fault(f"{path}.code", f"Mã «{part.code}» đã thuộc một hồ sơ khác trong hệ thống."))
            continue
        write_dossier(part, row, place, named, ledger, path)
    # A member's own dossiers are not the bloc's to delete.
    own = Dossier.objects.filter(bloc_year=place.bloc_year, versions__isnull=True)
    ledger.drop(own.exclude(code__in=codes))


def belongs(row: Dossier, place: Place) -> bool:
    """The bloc's own dossier of this year, or one of an agency of this province in this year."""
    if row.proposer == Proposer.BLOC:
        return row.bloc_year_id == place.bloc_year.pk
    return row.council_id == place.council.pk and row.year == place.bloc_year.year


def write_dossier(
    part: DossierPart, row: Dossier | None, place: Place, named: Named, ledger: Ledger, path: str
) -> None:
    before = ledger.count
    values = part.values | {"agency": place.agencies[part.agency], "movement": movement_of(part, place, ledger, path)}
    values = {name: Exactly(value) if value is False or value == 0 else value for name, value in values.items()}
    born = {"state": part.state or Dossier.State.DRAFT.value}
    key = {"code": part.code, "council": place.council, "year": place.bloc_year.year}
    if part.values["proposer"] == Proposer.BLOC:
        key["bloc_year"] = place.bloc_year
    dossier = ledger.write(row, Dossier, key, values, born)
    pairs = write_nominations(part, dossier, named, ledger, path)
    write_papers(part.papers, {"dossier": dossier, "nomination": None}, ledger)
    write_supplements(part, dossier, pairs, ledger)
    write_opinions(part, dossier, pairs, place, ledger)
    write_versions(part, dossier, ledger, path)
    if part.state and dossier.state != part.state:
        restore_state(dossier, part.state, source=SOURCE)
        ledger.updated["trạng thái"] += 1
    if ledger.count != before:
        recheck_dossier(dossier)
        audit.record(dossier, f"Nhập từ {SOURCE}", actor=None, after={"trường hợp đề nghị": len(part.nominations)})


def movement_of(part: DossierPart, place: Place, ledger: Ledger, path: str) -> Movement | None:
    if not part.movement:
        return None
    found = [row for row in Movement.objects.filter(council=place.council) if tidy(row.name) == part.movement]
    if not found:
        ledger.faults.append(Fault(f"{path}.movement", f"Không có phong trào «{part.movement}» trong tệp và hệ thống."))
    return found[0] if found else None


def write_nominations(part: DossierPart, dossier: Dossier, named: Named, ledger: Ledger, path: str) -> Pairs:
    rows = {(row.subject_id, row.award_id): row for row in Nomination.objects.filter(dossier=dossier)}
    pairs: Pairs = {}
    ordered = []
    for number, each in enumerate(part.nominations):
        award, subject = named.awards.get(each.award), named.subjects.get(each.subject)
        if award is None:
            where = f"{path}.nominations[{number}].award"
            ledger.faults.append(Fault(where, f"Danh mục khen thưởng không có mã «{each.award}»."))
        if award is None or subject is None:
            continue
        values = each.values | {"name": each.values["name"] or (None if rows else subject.name)}
        values |= {"attested": each.attested or None}
        born = {"position": number + 1, "state": each.state or Nomination.State.PENDING.value}
        key = {"dossier": dossier, "subject": subject, "award": award}
        row = ledger.write(rows.pop((subject.pk, award.pk), None), Nomination, key, values, born)
        write_inside(each, row, award, named, ledger)
        pairs[each.subject, each.award] = row
        ordered.append(row)
    ledger.drop(rows.values())
    arrange(ordered, ledger)
    return pairs


def arrange(rows: list[Nomination], ledger: Ledger) -> None:
    """Renumber from 1, as lists count, when the positions do not give this order."""
    places = [row.position for row in rows]
    if places == sorted(set(places)):
        return
    for place, row in enumerate(rows, 1):
        if ledger.set(row, "position", Exactly(place)):
            ledger.save(row, ["position"])


def write_inside(part: NominationPart, row: Nomination, award: AwardForm, named: Named, ledger: Ledger) -> None:
    """Texts, initiatives, papers and the outcome of one nomination."""
    texts = {text.section: text for text in NominationText.objects.filter(nomination=row)}
    for section, text in part.texts:
        key = {"nomination": row, "section": section}
        ledger.write(texts.pop(section, None), NominationText, key, {"text": text})
    ledger.drop(texts.values())
    uses = {use.initiative_id: use for use in InitiativeUse.objects.filter(nomination=row)}
    for code in part.initiatives:
        initiative = named.initiatives[code]
        key = {"nomination": row, "initiative": initiative, "award": award, "year": row.dossier.year}
        ledger.write(uses.pop(initiative.pk, None), InitiativeUse, key, {})
    ledger.drop(uses.values())
    write_papers(part.papers, {"dossier": row.dossier, "nomination": row}, ledger)
    if part.state and row.state != part.state:
        restore_state(row, part.state, source=SOURCE)
        ledger.updated["trạng thái"] += 1


def write_papers(parts: tuple[AttachmentPart, ...], owner: dict[str, Any], ledger: Ledger) -> None:
    rows = queues(
        ((row.kind, tidy(row.title), row.sha256), row)
        for row in Attachment.objects.filter(**{k: v for k, v in owner.items() if v is not None}).filter(
            nomination=owner["nomination"]
        )
    )
    for part in parts:
        wanted = (part.values["kind"], part.values["title"], part.values["sha256"])
        ledger.write(first_of(rows, wanted), Attachment, owner, part.values)
    ledger.drop(row for queue in rows.values() for row in queue)


def write_supplements(part: DossierPart, dossier: Dossier, pairs: Pairs, ledger: Ledger) -> None:
    rows = queues(
        ((row.nomination_id, row.target, tidy(row.request)), row) for row in Supplement.objects.filter(dossier=dossier)
    )
    for each in part.supplements:
        nomination = pairs.get(each.nomination) if each.nomination else None
        wanted = (nomination.pk if nomination else None, each.values["target"], tidy(each.values["request"]))
        state = {"state": each.values["state"]} if says(each.values["state"]) else {}
        told = {name: value for name, value in each.values.items() if name != "state"} | state
        ledger.write(first_of(rows, wanted), Supplement, {"dossier": dossier, "nomination": nomination}, told)
    ledger.drop(row for queue in rows.values() for row in queue)


def write_opinions(part: DossierPart, dossier: Dossier, pairs: Pairs, place: Place, ledger: Ledger) -> None:
    rows = queues(
        ((row.asked_id, row.kind, tidy(row.question)), row) for row in Opinion.objects.filter(dossier=dossier)
    )
    for each in part.opinions:
        agency = place.agencies[each.asked]
        wanted = (agency.pk, each.values["kind"], tidy(each.values["question"]))
        row = ledger.write(first_of(rows, wanted), Opinion, {"dossier": dossier, "asked": agency}, each.values)
        named = [pairs[pair] for pair in each.nominations if pair in pairs]
        if {found.pk for found in named} != set(row.nominations.values_list("pk", flat=True)):
            row.nominations.set(named)
            ledger.updated[str(Opinion._meta.verbose_name)] += 1
    ledger.drop(row for queue in rows.values() for row in queue)


def write_versions(part: DossierPart, dossier: Dossier, ledger: Ledger, path: str) -> None:
    """What was sent never changes: the same sending with another content is a fault."""
    rows = {row.number: row for row in DossierVersion.objects.filter(dossier=dossier)}
    for number, each in enumerate(part.versions):
        row = rows.get(each.number)
        if row is None:
            key = {"dossier": dossier, "number": each.number, "sent_at": each.sent_at, "content": each.content}
            ledger.write(None, DossierVersion, key, {})
        elif cleaned(row.content) != each.content or row.sent_at != each.sent_at:
            sentence = "Lần gửi này trong hệ thống có nội dung khác; nội dung đã gửi không sửa được."
            ledger.faults.append(Fault(f"{path}.versions[{number}]", sentence))
