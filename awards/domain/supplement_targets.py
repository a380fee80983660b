"""What can be asked for: fields of a nomination, sections of its report, papers, what stands at the dossier's head."""

from awards.domain.report_forms import form_for
from awards.enums import PaperKind
from awards.models import Dossier, Nomination, Supplement

FIELDS = ("name", "unit", "post", "group", "field", "branch", "achievement", "summary", "attested")
DOSSIER_FIELDS = (
    "title",
    "achievement_from",
    "achievement_until",
    "movement",
    "simplified_reason",
    "paper_number",
    "paper_date",
)
Target = tuple[str, str]
INITIATIVES: Target = ("field:initiatives", "Sáng kiến, đề tài làm căn cứ")


def targets_of(dossier: Dossier, nomination: Nomination | None) -> list[Target]:
    """(target, words) of everything that may be asked for; without a nomination the dossier's own. No query."""
    papers = [(f"paper:{kind.value}", f"Giấy tờ: {kind.label}") for kind in PaperKind]
    if nomination is None:
        own = [(f"dossier:{name}", words_of(Dossier, name)) for name in DOSSIER_FIELDS]
        return own + papers
    fields = [(f"field:{name}", words_of(Nomination, name)) for name in FIELDS]
    sections = form_for(nomination).sections
    texts = [(f"text:{each.code}", f"Báo cáo thành tích: {each.label}") for each in sections]
    return [*fields, INITIATIVES, *texts, *papers]


def words_of(model: type[Dossier] | type[Nomination], name: str) -> str:
    words = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def label_of_target(dossier: Dossier, supplement: Supplement) -> str:
    """What a request is about, in words: "Trần Thị A: Chức vụ"."""
    known = dict(targets_of(dossier, supplement.nomination))
    words = known.get(supplement.target, supplement.target)
    return f"{supplement.nomination.name}: {words}" if supplement.nomination else f"Hồ sơ: {words}"
