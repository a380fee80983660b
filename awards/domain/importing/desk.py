"""What an import is checked against: whose it is, the directory of agencies, the catalogue, the dossier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from awards.domain.award_names import AwardNames
from awards.domain.catalogue import names_of_catalogue
from awards.domain.importing.columns import headers_of
from awards.domain.importing.rows import Question, Row
from awards.enums import Proposer, SubjectKind
from awards.models import AwardForm, Dossier, ImportBatch
from blocs.models import Agency, AgencyAlias, BlocYear, Membership
from blocs.tables.access import Access, access_of
from khoithidua.web.text import search_key

Answers = Mapping[str, Mapping[str, str]]
OTHERS = "dòng này ghi đơn vị khác. Tài khoản của {own} chỉ nhập cho {own}; hãy bỏ dòng này hoặc ghi lại đơn vị."
UNKNOWN_AGENCY = "không có đơn vị «{name}» trong danh mục. Hãy ghi mã, tên hoặc tên gọi tắt như trong danh mục."
TWICE = "có nhiều đơn vị mang tên «{name}». Hãy ghi mã của đơn vị."
NO_MEMBER = (
    "không nêu đơn vị thành viên nào của khối. Hãy ghi đơn vị thành viên, có thể sau tên phòng, ban: "
    "«Phòng Nghiệp vụ, Sở Y tế»."
)
OUTSIDE = "«{name}» không phải đơn vị thành viên của {year}. Hãy bỏ dòng này, hoặc ghi lại đơn vị thành viên."
NO_AGENCY = "đang bỏ trống. Hãy ghi đơn vị quản lý của đối tượng."
UNKNOWN_AWARD = "không có «{name}» trong danh mục khen thưởng. Hãy ghi tên đầy đủ như trong danh mục."
NOT_FOR = "«{award}» không tặng cho {kind}. Hãy chọn hình thức khác hoặc ghi lại loại đối tượng."
WHICH_AWARD = "«{name}» có thể là nhiều hình thức. Hãy chọn một."


@dataclass
class Desk:
    """One import with what its rows are compared with; each part is fetched once."""

    kind: str
    council_id: int
    agency: Agency | None
    dossier: Dossier | None
    actor: User
    answers: Answers = field(default_factory=dict)
    file_name: str = ""

    @cached_property
    def access(self) -> Access:
        return access_of(self.actor)

    @cached_property
    def headers(self) -> dict[str, str]:
        return headers_of(self.kind)

    @cached_property
    def award_names(self) -> AwardNames:
        """Every way of writing every award. Three queries."""
        return names_of_catalogue()

    @cached_property
    def agencies(self) -> dict[str, tuple[Agency, ...]]:
        """Agencies of the province by search key of code, name, short name and alias. Two queries."""
        found: dict[str, dict[int, Agency]] = defaultdict(dict)
        known = {each.pk: each for each in Agency.objects.filter(council=self.council_id)}
        for each in known.values():
            for word in (each.code, each.name, each.short_name):
                found[search_key(word)][each.pk] = each
        aliases = AgencyAlias.objects.filter(agency__council=self.council_id)
        for agency_id, key in aliases.values_list("agency_id", "search_key"):
            found[key][agency_id] = known[agency_id]
        return {key: tuple(each.values()) for key, each in found.items() if key}

    @property
    def bloc_year(self) -> BlocYear | None:
        """The bloc-year that proposes, for a bloc's dossier."""
        return self.dossier.bloc_year if self.dossier and self.dossier.proposer == Proposer.BLOC else None

    @cached_property
    def members(self) -> frozenset[int]:
        """Agencies of the bloc that proposes. One query."""
        rows = Membership.objects.filter(bloc_year=self.bloc_year)
        return frozenset(rows.values_list("agency_id", flat=True))

    def named_in(self, text: str) -> tuple[Agency, ...]:
        """Agencies that a unit as people write it names: all of it, or what stands after a comma, the last first."""
        parts = [text, *reversed(text.split(","))]
        return next((found for part in parts if (found := self.agencies.get(search_key(part), ()))), ())

    def place_member(self, row: Row) -> None:
        """Whose subject a row of a bloc's dossier means: the member its unit names, or the member that it is itself."""
        itself = () if row.kind == SubjectKind.INDIVIDUAL else self.named_in(row.get("name"))
        header = self.headers["name" if itself else "unit"]
        found = itself or self.named_in(row.get("unit"))
        within = [agency for agency in found if agency.pk in self.members]
        if len(within) == 1:
            row.agency_id = within[0].pk
        elif within:
            row.fault(header, TWICE.format(name=within[0].name))
        elif found:
            row.fault(header, OUTSIDE.format(name=found[0].name, year=self.bloc_year))
        else:
            row.fault(header, NO_MEMBER)

    def member_itself(self, row: Row) -> Agency | None:
        """The member that this collective is, for a bloc's dossier."""
        if self.bloc_year is None or row.kind != SubjectKind.COLLECTIVE:
            return None
        return next((each for each in self.named_in(row.get("name")) if each.pk == row.agency_id), None)

    def answer(self, row: Row, about: str) -> str:
        return self.answers.get(str(row.number), {}).get(about, "")

    def place_agency(self, row: Row) -> None:
        """Whose subject the row means: its own agency, or for the standing body the one it names."""
        if self.agency is not None:
            row.agency_id = self.agency.pk
        header = self.headers.get("agency", "")
        if header in {known for known, _ in row.faults}:
            return
        name = row.get("agency")
        if not name:
            if self.agency is None:
                row.fault(header, NO_AGENCY)
            return
        found = self.agencies.get(search_key(name), ())
        if self.agency is not None and self.agency not in found:
            row.fault(header, OTHERS.format(own=self.agency.name))
        elif self.agency is None and len(found) != 1:
            row.fault(header, (TWICE if found else UNKNOWN_AGENCY).format(name=name[:80]))
        elif self.agency is None:
            row.agency_id = found[0].pk

    def place_award(self, row: Row) -> None:
        """Which award the row names; several that fit are asked back, none is a fault."""
        name = row.get("award")
        if not name:
            return
        matched = self.award_names.match(name)
        row.award = matched.award
        if row.award is None and matched.candidates:
            row.award = self.asked_award(row, name, matched.candidates)
        elif row.award is None:
            row.fault(self.headers["award"], UNKNOWN_AWARD.format(name=name[:80]))
        if row.award is not None and row.kind and not row.award.takes(row.kind):
            kind = str(SubjectKind(row.kind).label).lower()
            row.fault(self.headers["award"], NOT_FOR.format(award=row.award, kind=kind))

    def asked_award(self, row: Row, name: str, candidates: Iterable[AwardForm]) -> AwardForm | None:
        offered = [award for award in candidates if not row.kind or award.takes(row.kind)] or list(candidates)
        chosen = {award.code: award for award in offered}.get(self.answer(row, "award"))
        choices = tuple((award.code, award.name) for award in offered)
        text = WHICH_AWARD.format(name=name[:80])
        row.questions.append(Question("award", text, choices, chosen.code if chosen else ""))
        return chosen


def desk_of(batch: ImportBatch, *, actor: User) -> Desk:
    """The desk for a batch; ``actor`` is told only of what they may see."""
    return Desk(
        kind=batch.kind,
        council_id=batch.council_id,
        agency=batch.agency,
        dossier=batch.dossier,
        actor=actor,
        answers=batch.answers,
        file_name=batch.file_name,
    )


def listed_names() -> list[str]:
    """Names of the awards in use, the higher first: what a form offers."""
    return list(AwardForm.objects.filter(active=True).values_list("name", flat=True))
