"""A session of a thousand items and fifteen members: its pages against the changelist, its acts in seconds.

Seconds are those of an idle machine of two cores; ratios hold on a busy one too.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import User
from awards.models import AwardForm, Dossier, Nomination, Subject
from bench.data import Place
from blocs.models import CouncilMember
from council.domain.decisions.drafting import draft_from_session
from council.domain.decisions.issuing import issue
from council.domain.votes.preparing import Plan, prepare_ballots
from council.domain.votes.settling import settle
from council.domain.votes.workflow import BALLOT
from council.models import AgendaItem, Ballot, BallotVoter, CouncilSession, Issuer, Practice, Seat, VoteSetting
from khoithidua.web.text import search_key

ITEMS, MEMBERS = 1_000, 15
MAX_PAGE = 1.5
MAX_CAST, MAX_ACT = 2.0, 1.0
HELD = date(2025, 12, 1)
BASIS = "Quy chế của Hội đồng"


@dataclass(frozen=True)
class Room:
    """The session that is measured: its one round, its secretary and its members."""

    session: CouncilSession
    ballot: Ballot
    secretary: User
    members: list[User]


def build_room(place: Place) -> Room:
    """A session in progress with everybody there and one secret round on all items, open."""
    session = build_session(place)
    members = build_members(session)
    secretary = place.standing
    (ballot,) = prepare_ballots(session, items=session.items.all(), plan=Plan(), actor=secretary)
    BALLOT.perform(ballot, "open", actor=secretary)
    return Room(session, ballot, secretary, members)


def build_session(place: Place) -> CouncilSession:
    agency = place.sheet.agency
    council = agency.council
    award = AwardForm.objects.get(code="bk-tinh")
    rules = {"council": council, "legal_basis": BASIS}
    Practice.objects.create(
        **rules,
        quorum_part=2,
        quorum_whole=3,
        absent="written",
        recused_in_base=True,
        substitutes_vote=True,
        chair_breaks_ties=True,
        max_rounds=2,
    )
    VoteSetting.objects.create(**rules, percent=80, base="members", mode="secret")
    dossier = Dossier.objects.create(
        council=council, agency=agency, code="hs-phien-hop", year=2025, title="Hồ sơ", state="in_session"
    )
    names = [f"Nguyễn Thị Số {number:04d}" for number in range(1, ITEMS + 1)]
    people = Subject.objects.bulk_create(
        Subject(council=council, agency=agency, kind="individual", name=name, search_key=search_key(name))
        for name in names
    )
    cases = Nomination.objects.bulk_create(
        Nomination(
            dossier=dossier,
            subject=person,
            award=award,
            name=person.name,
            unit=f"Phòng Nghiệp vụ số {number % 20}",
            post="Chuyên viên",
            position=number,
            state="eligible",
            search_key=search_key(person.name),
        )
        for number, person in enumerate(people, start=1)
    )
    session = CouncilSession.objects.create(
        council=council, year=2025, number=1, title="Xét khen thưởng cuối năm", held_on=HELD, state="open"
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, nomination=each, position=number) for number, each in enumerate(cases, start=1)
    )
    return session


def build_members(session: CouncilSession) -> list[User]:
    users = [
        User.objects.create_user(f"uy-vien-{number}@example.vn", full_name=f"Ủy viên {number}")
        for number in range(1, MEMBERS + 1)
    ]
    for number, user in enumerate(users):
        role = "chair" if number == 0 else "member"
        member = CouncilMember.objects.create(council=session.council, user=user, role=role, position=number)
        Seat.objects.create(
            session=session,
            member=member,
            user=user,
            name=user.full_name,
            role=role,
            position=number,
            attendance="present",
        )
    return users


def run_council(place: Place) -> bool:
    """Print pages and acts; False when one is beyond its limit."""
    from bench.pages import measure, signed_in

    room = build_room(place)
    admin = get_user_model().objects.create_superuser("quantri-hoidong@example.vn", full_name="Quản trị")
    yardstick = ("Django admin: 100 dòng, 3 khóa ngoại", signed_in(admin), "/bench/admin/scoring/criterion/")
    clerk, member = signed_in(room.secretary), signed_in(room.members[0])
    voter = BallotVoter.objects.get(ballot=room.ballot, seat__user=room.members[0])
    meeting, vote = f"/hoi-dong/phien/{room.session.pk}/", f"/bieu-quyet/{room.ballot.pk}/"
    print(f"Phiên họp {ITEMS} nội dung, {MEMBERS} thành viên")
    opened = [
        ("Phiên họp", clerk, meeting),
        ("Nội dung phiên họp", clerk, f"{meeting}noi-dung/"),
        ("Lượt biểu quyết đang mở", clerk, vote),
        ("Phiếu của thành viên", member, f"{vote}phieu/{voter.pk}/"),
    ]
    kept = told(measure([yardstick, *opened]))
    kept = cast_all(room) and kept
    kept = within("Kết thúc và kiểm phiếu", lambda: BALLOT.perform(room.ballot, "close", actor=room.secretary)) and kept
    closed = [
        ("Lượt biểu quyết đã kiểm phiếu", clerk, vote),
        ("Kết quả, kết luận", clerk, f"/phien-hop/{room.session.pk}/ket-qua/"),
        ("Trình chiếu kết quả", clerk, f"/phien-hop/{room.session.pk}/trinh-chieu/"),
    ]
    kept = told(measure([yardstick, *closed])) and kept
    kept = within("Ghi kết luận", lambda: settle(room.session, actor=room.secretary)) and kept
    return run_decision(room) and kept


def told(timings: list[Any]) -> bool:
    """Print each page against the first of ``timings``, the changelist."""
    changelist, kept = timings[0], True
    for timing in timings:
        ratio = timing.median / changelist.median
        good = ratio <= MAX_PAGE
        kept = kept and good
        answer = "" if timing is changelist else f"  {'ĐẠT' if good else 'VƯỢT'} (giới hạn {MAX_PAGE})"
        print(f"  {timing.name:38} {timing.median:8.2f}ms {timing.queries:4d} truy vấn {ratio:8.2f}{answer}")
    return kept


def within(name: str, act: Callable[[], Any], limit: float = MAX_ACT) -> bool:
    began = time.perf_counter()
    act()
    return verdict(name, time.perf_counter() - began, limit)


def verdict(name: str, seconds: float, limit: float) -> bool:
    print(f"  {name:38} {seconds:8.2f} s  {'ĐẠT' if seconds <= limit else 'VƯỢT'} (giới hạn {limit:.0f} s)")
    return seconds <= limit


def cast_all(room: Room) -> bool:
    """Each member votes through the pages; the slowest is told."""
    from bench.pages import signed_in

    taken = []
    for number, user in enumerate(room.members):
        voter = BallotVoter.objects.get(ballot=room.ballot, seat__user=user)
        client, url = signed_in(user), f"/bieu-quyet/{room.ballot.pk}/phieu/{voter.pk}/"
        began = time.perf_counter()
        cast(client, url, against=f"so {number + 1:04d}")
        taken.append(time.perf_counter() - began)
    return verdict("Bỏ phiếu cả khối, người chậm nhất", max(taken), MAX_CAST)


def cast(client: Client, url: str, *, against: str) -> None:
    """All agreed to, one found by name that is not, the whole read back and cast: four pages."""
    packed = packed_in(client.post(url, {"every": "yes"}))
    found = client.post(url, {"packed": packed, "q": against, "find": "1"})
    (mark,) = set(re.findall(r'name="(mark-[0-9]+)"', found.content.decode()))
    asked = client.post(url, {"packed": packed, "q": against, mark: "no", "go": "1"})
    done = client.post(url, {"packed": packed_in(asked), "confirmed": "1"})
    if done.status_code != 200 or "Mã biên nhận" not in done.content.decode():
        raise SystemExit(f"{url}: the vote was not taken")


def packed_in(response: Any) -> str:
    found = re.search(r'name="packed" value="([yn-]+)"', response.content.decode())
    if found is None:
        raise SystemExit("The ballot does not come as one text.")
    return found[1]


def run_decision(room: Room) -> bool:
    """Draft and issue one decision of all items."""
    CouncilSession.objects.filter(pk=room.session.pk).update(state="closed")
    issuer = Issuer.objects.create(
        council=room.session.council,
        kind="chair",
        name="Chủ tịch Ủy ban nhân dân tỉnh",
        symbol="QĐ-UBND",
        place="Tỉnh",
        signer_name="Nguyễn Văn Chủ",
        signer_title="CHỦ TỊCH",
    )
    made: list[Any] = []
    kept = within(
        "Lập dự thảo quyết định",
        lambda: made.extend(draft_from_session(room.session, issuer=issuer, actor=room.secretary)),
    )
    return within("Ban hành quyết định", lambda: issue(made[0], actor=room.secretary, issued_on=HELD)) and kept
