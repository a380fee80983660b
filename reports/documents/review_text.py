"""Sentences and tables that both reviews are composed of."""

from dataclasses import replace

from blocs.domain.commendations import count_sentence
from blocs.domain.targets import AgencySummary
from blocs.enums import CommendationStatus, MovementKind, Period
from reports.documents import review_charts
from reports.documents.award_tallies import tallies
from reports.documents.bloc import BlocFacts, IssueFacts
from reports.documents.blocks import Align, Annex, Column, Row, Table, Width
from reports.documents.outline import Outline
from reports.documents.review import ConferenceFacts, MovementFacts, PledgeFacts, ReviewFacts
from reports.documents.words import (
    ROMAN,
    clock,
    counted,
    figure,
    full_number,
    listed,
    listed_apart,
    long_date,
    percent,
    unnumbered,
    upper_first,
)
from reports.enums import ReviewKind, Section

STATUS_WORDS = {CommendationStatus.AWARDED.value: "Đã tặng", CommendationStatus.PROPOSED.value: "Đã đề nghị"}
PEOPLE = ("collective", "individual")
NO_ISSUER = "Chưa rõ"


def period_of(facts: ReviewFacts) -> str:
    """ "6 tháng đầu năm 2020" or "năm 2020"."""
    return f"{'6 tháng đầu năm' if facts.kind == ReviewKind.MID_YEAR else 'năm'} {facts.bloc.year}"


def composition(text: Outline, bloc: BlocFacts) -> None:
    """Who belongs to the bloc, who leads it, and who acts for them."""
    if not bloc.members:
        text.say(f"Chưa có thông tin về các đơn vị thành viên của {bloc.unit} năm {bloc.year}.")
        return
    text.say(f"Năm {bloc.year}, {bloc.name} có {counted(len(bloc.members))} đơn vị thành viên:")
    lines = [f"Trưởng {bloc.unit_name}: {named(bloc.head)}"] if bloc.head else []
    if bloc.deputies:
        lines.append(f"Phó {bloc.unit_name}: {listed_apart(named(member) for member in bloc.deputies)}")
    if bloc.others:
        lines.append(f"Các thành viên: {listed_apart(named(member) for member in bloc.others)}")
    text.items(lines)


def named(member: object) -> str:
    """ "Sở Y tế (đồng chí …, Giám đốc)"."""
    acting = getattr(member, "acting", "")
    name = getattr(member, "name", "")
    return f"{name} ({acting})" if acting else name


def conference(text: Outline, found: ConferenceFacts | None) -> None:
    """The meeting that heard the review, as far as it is recorded."""
    if found is None:
        return
    when = ", ".join(
        part
        for part in (
            f"lúc {clock(found.starts)}" if found.starts else "",
            long_date(found.held_on) if found.held_on else "",
        )
        if part
    )
    opening = f"{found.title} được tổ chức {when}" if when else f"{found.title} đã được tổ chức"
    place = f", tại {found.place}" if found.place else ""
    chair = f", do {found.chair} chủ trì" if found.chair else ""
    text.say(f"{opening}{place}{chair}.")
    if found.guests:
        text.say(f"Khách mời: {listed_apart(found.guests)}.")
    if found.present is not None:
        total = len(found.present) + len(found.absent)
        absent = f"; vắng: {listed_apart(found.absent)}" if found.absent else ""
        text.say(f"Có mặt: {counted(len(found.present))}/{counted(total)} đơn vị thành viên{absent}.")


def conclusions(text: Outline, found: ConferenceFacts | None) -> None:
    if found is not None and found.conclusions:
        text.say("Kết luận của hội nghị:")
        text.items(map(unnumbered, found.conclusions))


def movements(text: Outline, facts: ReviewFacts) -> None:
    unit = facts.bloc.unit
    if not facts.movements:
        text.say(f"Chưa có thông tin về các phong trào thi đua của {unit} trong {period_of(facts)}.")
        return
    text.say(
        f"Trong {period_of(facts)}, các đơn vị trong {unit} triển khai, thực hiện "
        f"{counted(len(facts.movements))} phong trào, đợt thi đua:"
    )
    text.items(movement_line(each) for each in facts.movements)


def movement_line(found: MovementFacts) -> str:
    """A movement's name in quotes unless it is a special wave, its years, who launched it and when."""
    plain = found.kind == MovementKind.SPECIAL or "“" in found.name
    name = upper_first(found.name) if plain else f"Phong trào “{found.name}”"
    if found.starts and found.ends:
        years = f" giai đoạn {found.starts} - {found.ends}" if found.starts != found.ends else f" năm {found.starts}"
    else:
        years = f" từ năm {found.starts}" if found.starts else ""
    launch = f", do {found.launched_by} phát động" if found.launched_by else ""
    day = f" {long_date(found.launched_on)}" if found.launched_on and launch else ""
    return f"{name}{years}{launch}{day}"


def pledge(text: Outline, facts: ReviewFacts) -> None:
    """When the pledge was signed, and how many targets each agency has reached."""
    found = facts.pledge
    if found is None:
        return
    if found.signed_on:
        text.say(
            f"Bản giao ước thi đua năm {facts.bloc.year} được các đơn vị thành viên ký kết "
            f"{long_date(found.signed_on)}."
        )
    if found.summaries:
        text.say(
            f"Kết quả thực hiện chỉ tiêu giao ước đến hết {period_of(facts)} như sau "
            "(số liệu từng chỉ tiêu tại Phụ lục kèm theo):"
        )
        mid_year = facts.kind == ReviewKind.MID_YEAR
        text.table(targets_summary(found, mid_year=mid_year))
        review_charts.draw(text, review_charts.targets(found, mid_year=mid_year))


def targets_summary(found: PledgeFacts, *, mid_year: bool) -> Table:
    middle = "Đạt từ 50% kế hoạch năm" if mid_year else "Trong đó: vượt"
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị", Width.WIDE, heads=True),
        Column("Số chỉ tiêu đăng ký", Width.NARROW, Align.CENTER),
        Column("Đạt và vượt kế hoạch năm" if mid_year else "Đạt và vượt", Width.NARROW, Align.CENTER),
        Column(middle, Width.NARROW, Align.CENTER),
        Column("Chưa có đủ số liệu", Width.NARROW, Align.CENTER),
    )
    rows = [summary_row(place, each, mid_year=mid_year) for place, each in enumerate(found.summaries, 1)]
    return Table("Kết quả thực hiện chỉ tiêu giao ước thi đua", columns, tuple(rows))


def summary_row(place: int, each: AgencySummary, *, mid_year: bool) -> Row:
    counts = (each.total, each.reached, each.halfway if mid_year else each.exceeded, each.unknown)
    return Row((str(place), each.agency, *[str(count) for count in counts]))


def targets_annex(facts: ReviewFacts, reference: str) -> Annex | None:
    """Every target with plan, figure and percentage, grouped by agency."""
    found = facts.pledge
    if found is None or not found.targets:
        return None
    done = "Thực hiện 6 tháng" if facts.kind == ReviewKind.MID_YEAR else "Thực hiện năm"
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Chỉ tiêu", Width.WIDE, heads=True),
        Column("Đơn vị tính", Width.NARROW, Align.CENTER),
        Column("Kế hoạch năm", Width.NARROW, Align.RIGHT),
        Column(done, Width.NARROW, Align.RIGHT),
        Column("Tỷ lệ", Width.NARROW, Align.RIGHT),
        Column("Đánh giá", Width.NARROW, Align.CENTER),
    )
    rows: list[Row] = []
    agency, place = "", 0
    for line in found.targets:
        if line.agency != agency:
            agency, place = line.agency, 0
            rows.append(Row((agency,), strong=True, span=True))
        place += 1
        cells = (figure(line.plan), figure(line.figure), percent(line.measure.percent))
        rows.append(Row((str(place), line.name, line.unit, *cells, line.measure.words)))
    title = f"Kết quả thực hiện chỉ tiêu giao ước thi đua {period_of(facts)}".upper()
    return Annex("Phụ lục", title, reference, (Table("", columns, tuple(rows)),))


def commendations(text: Outline, facts: ReviewFacts) -> None:
    """The table line by line, then totals awarded and proposed apart; what is not counted is said."""
    if not facts.commendations:
        text.say(f"Chưa có thông tin về kết quả khen thưởng {period_of(facts)}.")
        return
    text.say(f"Kết quả khen thưởng {period_of(facts)} của các đơn vị thành viên như sau:")
    text.table(commendation_table(facts))
    if facts.totals.awarded:
        text.say(f"Tổng số đã được khen thưởng: {people_first(facts.totals.awarded)}.")
    if facts.totals.proposed:
        text.say(
            f"Tổng số đã đề nghị khen thưởng (chưa tính là đã được khen thưởng): {people_first(facts.totals.proposed)}."
        )
    for line in facts.commendations:
        if line.uncounted:
            status = "đã đề nghị" if line.status == CommendationStatus.PROPOSED else "đã được tặng"
            text.note(
                f"Ghi chú: {line.agency} {status} {line.award} cho {line.uncounted}; chưa có số lượng cụ thể "
                "nên không tính vào tổng số nêu trên."
            )
    tallies(text, facts)
    for status in STATUS_WORDS:
        review_charts.draw(text, review_charts.commendations(facts, status))


def people_first(counts: dict[str, int]) -> str:
    """ "09 tập thể, 06 cá nhân; 27 gia đình, 32 thôn/khối phố"."""
    people = {kind: count for kind, count in counts.items() if kind in PEOPLE}
    rest = {kind: count for kind, count in counts.items() if kind not in PEOPLE}
    return "; ".join(part for part in (count_sentence(people), count_sentence(rest)) if part)


def commendation_table(facts: ReviewFacts) -> Table:
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị", Width.MIDDLE, heads=True),
        Column("Hình thức khen thưởng", Width.MIDDLE),
        Column("Cơ quan, người khen thưởng", Width.MIDDLE),
        Column("Đối tượng, số lượng", Width.MIDDLE),
        Column("Thành tích", Width.WIDE),
        Column("Kết quả", Width.NARROW, Align.CENTER),
    )
    rows: list[Row] = []
    period = ""
    for place, line in enumerate(facts.commendations, 1):
        if facts.kind == ReviewKind.ANNUAL and line.period != period:
            period = line.period
            rows.append(Row((Period(period).label,), strong=True, span=True))
        rows.append(
            Row(
                (
                    str(place),
                    line.agency,
                    line.award,
                    line.issuer or NO_ISSUER,
                    upper_first(line.recipients) or NO_ISSUER,
                    upper_first(line.reason) or "-",
                    STATUS_WORDS[line.status],
                )
            )
        )
    return Table(f"Kết quả khen thưởng {period_of(facts)}", columns, tuple(rows))


def petitions(text: Outline, facts: ReviewFacts) -> None:
    """None only when the record says so: silence is not zero."""
    about = "đơn thư khiếu nại, tố cáo về công tác thi đua, khen thưởng"
    if not facts.petitions_known:
        text.say(f"Chưa có thông tin về {about} trong {period_of(facts)}.")
    elif not facts.petitions:
        text.say(f"Trong {period_of(facts)}, {facts.bloc.unit} không có {about}.")
    else:
        states = [f"{counted(facts.petitions.count(state))} {state}" for state in dict.fromkeys(facts.petitions)]
        text.say(
            f"Trong {period_of(facts)}, {facts.bloc.unit} có {counted(len(facts.petitions))} {about} "
            f"({listed(states)})."
        )


def assessment(text: Outline, facts: ReviewFacts) -> None:
    """What people wrote about difficulties and lessons."""
    text.section("Khó khăn, tồn tại, hạn chế").written(facts.written(Section.DIFFICULTIES))
    text.section("Bài học kinh nghiệm").written(facts.written(Section.LESSONS))


def labelled(*annexes: Annex | None) -> tuple[Annex, ...]:
    """Those that there are; Roman numbers when there are several."""
    found = [annex for annex in annexes if annex is not None]
    if len(found) < 2:
        return tuple(found)
    return tuple(replace(annex, label=f"{annex.label} {ROMAN[place]}") for place, annex in enumerate(found))


def reference(kind: str, issue: IssueFacts | None, symbol: str) -> str:
    """ "(Kèm theo Báo cáo số 05/BC-STTTT ngày …)"; left open while nothing is issued."""
    if issue is None:
        return f"(Kèm theo {kind})"
    return f"(Kèm theo {kind} số {full_number(issue.number, symbol)} {long_date(issue.issued_on)})"


def results(text: Outline, facts: ReviewFacts) -> None:
    """Parts II and III of both reviews: movements, pledge, what was achieved, commendations, petitions."""
    text.section("Kết quả thực hiện phong trào thi đua")
    text.part("Tổ chức, phát động phong trào thi đua")
    movements(text, facts)
    text.part("Thực hiện giao ước thi đua")
    pledge(text, facts)
    text.part("Kết quả đạt được")
    text.written(facts.written(Section.ACHIEVEMENTS))
    text.section("Công tác khen thưởng")
    text.part("Kết quả khen thưởng")
    commendations(text, facts)
    text.part("Đơn thư")
    petitions(text, facts)
