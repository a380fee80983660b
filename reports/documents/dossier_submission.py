"""Tờ trình đề nghị khen thưởng of an agency or a bloc (domain-2.md part 4; NĐ 152/2025, Điều 33 khoản 11)."""

from collections import Counter

from awards.enums import VerdictKind
from reports.documents.blocks import Block, Paper, Paragraph
from reports.documents.dossier import (
    KIND_WORDS,
    DossierFacts,
    addressees,
    agency_letterhead,
    agency_signature,
    dossier_recipients,
    kind_counts,
    period_words,
)
from reports.documents.dossier_list import annex
from reports.documents.laws import grounds_on
from reports.documents.words import counted, lower_first

ABBREVIATION = "TTr"
# Only where the check of conditions says so of every nominee: a leader signs nothing that is not true.
ALL_SOUND = (
    "Các trường hợp đề nghị đã được xem xét đúng đối tượng, điều kiện, tiêu chuẩn, hồ sơ, thủ tục theo quy định."
)


def compose(facts: DossierFacts) -> Paper:
    subject = f"Về việc {lower_first(facts.title)}"
    found = annex(facts)
    return Paper(
        name=f"Tờ trình {lower_first(subject)}",
        letterhead=agency_letterhead(facts, ABBREVIATION),
        kind="TỜ TRÌNH",
        summary=subject,
        addressees=addressees(facts),
        grounds=tuple(grounds(facts)),
        blocks=tuple(body(facts)),
        signature=agency_signature(facts),
        recipients=dossier_recipients(facts),
        annexes=(found,) if found else (),
    )


def grounds(facts: DossierFacts) -> list[str]:
    lines = list(grounds_on(facts.on))
    lines.append(f"Căn cứ thành tích của các tập thể, cá nhân và kết quả bình xét của {facts.proposer}")
    return [f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1)]


def body(facts: DossierFacts) -> list[Block]:
    if not facts.nominees:
        return [Paragraph(f"{facts.proposer} chưa có trường hợp đề nghị khen thưởng nào trong hồ sơ {facts.code}.")]
    period = period_words(facts.period)
    movement = f" trong phong trào thi đua “{facts.movement}”" if facts.movement else ""
    achieved = f"Thành tích tính {period}." if period else ""
    found: list[Block] = [
        Paragraph(
            f"{facts.proposer} đã tổ chức bình xét, xét khen thưởng năm {facts.year} "
            f"({lower_first(facts.category)}){movement}. {achieved}".strip()
        ),
        Paragraph(
            f"{facts.proposer} kính đề nghị {facts.council} xem xét, trình cấp có thẩm quyền khen thưởng "
            f"cho {kind_counts(facts.nominees)}, gồm:"
        ),
    ]
    found += [Paragraph(line) for line in award_lines(facts)]
    if all(each.verdict == VerdictKind.ELIGIBLE for each in facts.nominees):
        found.append(Paragraph(ALL_SOUND))
    if facts.sets:
        found.append(Paragraph(f"Hồ sơ gồm {counted(facts.sets)} bộ."))
    found.append(Paragraph("(Có danh sách và hồ sơ kèm theo)"))
    found.append(Paragraph(f"{facts.proposer} kính trình {facts.council} xem xét, quyết định./."))
    return found


def award_lines(facts: DossierFacts) -> list[str]:
    """ "1. Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 01 tập thể, 02 cá nhân." by award, the higher first."""
    places = {each.award: each.award_place for each in facts.nominees}
    lines = []
    for number, award in enumerate(sorted(places, key=lambda name: (places[name], name)), 1):
        counts = Counter(each.kind for each in facts.nominees if each.award == award)
        words = ", ".join(f"{counted(counts[kind])} {words}" for kind, words in KIND_WORDS.items() if counts[kind])
        lines.append(f"{number}. {award}: {words}.")
    return lines
