"""What differs between two sendings of a dossier."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.domain.versions import difference, line_diff
from awards.models import DossierVersion
from tests.appraisal_world import sent_dossier
from tests.world import PERSONAS

PAPER = {"kind": "bao-cao", "title": "Báo cáo", "file_name": "bc.pdf", "sha256": "a" * 64}


def nomination(key: str = "k1", **rest):
    return {
        "key": key,
        "name": f"Người {key}",
        "award": "CSTĐCS",
        "post": "Chuyên viên",
        "texts": {},
        "papers": [],
    } | rest


def content(*nominations, dossier=None, papers=()):
    return {"dossier": dossier or {"title": "Đề nghị"}, "nominations": list(nominations), "papers": list(papers)}


def test_equal_sendings_do_not_differ():
    assert difference(content(nomination()), content(nomination())).is_empty


def test_nominations_come_go_and_change():
    old = content(nomination("k1"), nomination("k2"))
    new = content(nomination("k2", post="Trưởng phòng"), nomination("k3"))

    found = difference(old, new)

    assert (found.added, found.removed) == ((("Người k3", "CSTĐCS"),), (("Người k1", "CSTĐCS"),))
    change = found.changed[0]
    assert (change.name, [(each.label, each.before, each.after) for each in change.fields]) == (
        "Người k2", [("Chức vụ", "Chuyên viên", "Trưởng phòng")],
    )  # fmt: skip


def test_order_alone_is_no_difference():
    first, second = nomination("k1"), nomination("k2")

    assert difference(content(first, second), content(second, first)).is_empty


def test_fields_of_the_dossier_are_named_in_words():
    found = difference(
        content(dossier={"title": "A", "paper_number": ""}), content(dossier={"title": "A", "paper_number": "5"})
    )

    assert [(each.label, each.before, each.after) for each in found.fields] == [("Số tờ trình", "", "5")]


def test_papers_differ_by_their_hash():
    renamed, other = PAPER | {"file_name": "moi.pdf", "title": "Tên khác"}, PAPER | {"sha256": "b" * 64}
    extra = {"kind": "bien-ban", "title": "Biên bản", "file_name": "bb.pdf", "sha256": "c" * 64}

    assert difference(content(papers=[PAPER]), content(papers=[renamed])).is_empty
    replaced = difference(content(papers=[PAPER]), content(papers=[other, extra])).papers
    assert [(each.kind, each.title, each.before, each.after) for each in replaced] == [
        ("replaced", "Báo cáo", "bc.pdf (aaaaaaaaaaaa)", "bc.pdf (bbbbbbbbbbbb)"),
        ("added", "Biên bản", "", "bb.pdf (cccccccccccc)"),
    ]
    assert [each.kind for each in difference(content(papers=[extra]), content()).papers] == ["removed"]


def test_texts_differ_line_by_line():
    assert line_diff("một\nhai\nba", "một\nhai rưỡi\nba") == (
        ("same", "một"), ("gone", "hai"), ("new", "hai rưỡi"), ("same", "ba"),
    )  # fmt: skip
    old, new = nomination(texts={"ii": "một\nhai"}), nomination(texts={"ii": "một", "iii": "thêm"})
    texts = difference(content(old), content(new)).changed[0].texts
    assert [(each.label, each.lines) for each in texts] == [
        ("ii", (("same", "một"), ("gone", "hai"))), ("iii", (("new", "thêm"),)),
    ]  # fmt: skip


def test_contents_of_an_older_form_can_be_compared():
    assert difference({}, {}).is_empty
    assert difference({}, content(nomination())).added == (("Người k1", "CSTĐCS"),)


@pytest.mark.parametrize("name", PERSONAS)
def test_makers_and_the_standing_body_compare_sendings(client, world, name):
    dossier = sent_dossier(world)
    for number, post in ((1, "Chuyên viên"), (2, "<b>Trưởng phòng</b>"), (3, "Giám đốc")):
        DossierVersion.objects.create(
            dossier=dossier, number=number, content=content(nomination(post=post)), sent_at=timezone.now()
        )
    client.force_login(world.person(name))
    url = reverse("awards:versions", args=[dossier.pk])
    sees = name in ("officer", "leader", "standing")

    page = client.get(url)
    assert page.status_code == (200 if sees else 404)
    if sees:
        assert "Giám đốc" in page.content.decode()
        other = client.get(url, {"tu": "1", "den": "2"}).content.decode()
        assert "&lt;b&gt;Trưởng phòng&lt;/b&gt;" in other
        assert "Giám đốc" not in other
        assert client.get(url, {"tu": "1", "den": "9"}).status_code == 404
        assert client.get(url, {"tu": "x"}).status_code == 404


@pytest.mark.parametrize("sent", [0, 1])
def test_one_sending_has_nothing_to_compare(client, world, sent):
    dossier = sent_dossier(world)
    if sent:
        DossierVersion.objects.create(dossier=dossier, number=1, content=content(), sent_at=timezone.now())
    client.force_login(world.person("officer"))

    page = client.get(reverse("awards:versions", args=[dossier.pk])).content.decode()

    assert ("mới gửi một lần" if sent else "chưa được gửi lần nào") in page
