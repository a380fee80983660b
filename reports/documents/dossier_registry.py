"""Papers of an award dossier, and the one way to make each."""

from collections.abc import Callable
from dataclasses import dataclass

from awards.models import Dossier, Nomination
from reports.documents import achievement_report, appraisal_sheet, dossier_list, dossier_minutes, dossier_submission
from reports.documents.blocks import Paper
from reports.documents.dossier import DossierFacts, collect_dossier
from reports.documents.pdf import paper_pdf
from reports.documents.workbook import paper_workbook


@dataclass(frozen=True)
class DossierKind:
    """One kind of paper of a dossier; ``permission`` is due on the dossier beside seeing it ("" for its makers too)."""

    kind: str
    title: str
    compose: Callable[[DossierFacts], Paper]
    permission: str = ""
    xlsx: Callable[[DossierFacts], bytes] | None = None


DOSSIER_KINDS: dict[str, DossierKind] = {
    each.kind: each
    for each in (
        DossierKind("to-trinh", "Tờ trình đề nghị khen thưởng", dossier_submission.compose),
        DossierKind("danh-sach", "Danh sách đề nghị khen thưởng", dossier_list.compose, xlsx=dossier_list.workbook),
        DossierKind("bien-ban", "Biên bản bình xét, xét khen thưởng", dossier_minutes.compose),
        DossierKind("phieu-tham-dinh", "Phiếu thẩm định", appraisal_sheet.compose, "awards.receive_dossier"),
    )
}


def dossier_paper(kind: str, dossier: Dossier) -> Paper:
    """One paper of ``dossier`` as data. Raises KeyError."""
    return DOSSIER_KINDS[kind].compose(collect_dossier(dossier))


def dossier_pdf(kind: str, dossier: Dossier) -> bytes:
    """The same as PDF; equal rows give equal bytes. Raises KeyError, FontsMissing."""
    return paper_pdf(dossier_paper(kind, dossier))


def dossier_xlsx(kind: str, dossier: Dossier) -> bytes | None:
    """The same as a workbook; None for a paper without a table."""
    facts, found = collect_dossier(dossier), DOSSIER_KINDS[kind]
    return found.xlsx(facts) if found.xlsx else paper_workbook(found.compose(facts))


def report_paper(nomination: Nomination) -> Paper:
    """The achievement report of one nomination as data."""
    return achievement_report.compose(achievement_report.collect(nomination))


def report_pdf(nomination: Nomination) -> bytes:
    """The same as PDF."""
    return paper_pdf(report_paper(nomination))
