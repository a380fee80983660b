"""Two people on one form: the second is told, keeps what was typed, and may save again."""

import pytest
from django.urls import reverse

from accounts.domain.audit import entries_of
from blocs.models import Pledge
from tests.factories import (
    BlocMovementFactory,
    CommendationFactory,
    ConferenceFactory,
    MovementFactory,
    PetitionFactory,
    PledgeFactory,
    RecipientCountFactory,
)


def theme(world):
    return (
        PledgeFactory(bloc_year=world.year, theme="Cũ"),
        reverse("blocs:pledge-edit", args=[world.year.pk]),
        "theme",
        {},
    )


def movement(world):
    row = BlocMovementFactory(bloc_year=world.year, movement=MovementFactory(council=world.council, name="Cũ"))
    return row, reverse("blocs:movement-edit", args=[row.pk]), "name", {"scope": "bloc", "kind": "regular"}


def conference(world):
    row = ConferenceFactory(bloc_year=world.year, place="Cũ")
    return row, reverse("blocs:conference-edit", args=[row.pk]), "place", {"kind": "mid-year-review"}


def petition(world):
    row = PetitionFactory(bloc_year=world.year, agency=world.syt, subject="Cũ")
    return row, reverse("blocs:petition-edit", args=[row.pk]), "subject", {"agency": world.syt.pk, "status": "open"}


def commendation(world):
    row = CommendationFactory(bloc_year=world.year, agency=world.syt, issuer="Cũ")
    RecipientCountFactory(commendation=row)
    given = {"agency": world.syt.pk, "period": "H1", "award": "giay-khen", "status": "awarded", "count_individual": "1"}
    return row, reverse("blocs:commendation-edit", args=[row.pk]), "issuer", given


def stored(row, name: str) -> str:
    row = type(row).objects.get(pk=row.pk)
    return getattr(row.movement if name == "name" else row, name)


@pytest.mark.parametrize("make", [theme, movement, conference, petition, commendation])
def test_the_second_of_two_editors_is_told(client, world, make):
    row, url, name, given = make(world)
    client.force_login(world.person("head_leader"))
    opened = client.get(url).context["form"]["seen"].value()
    client.force_login(world.person("secretary"))
    assert client.post(url, given | {name: "Người thứ nhất", "seen": opened}).status_code == 302

    client.force_login(world.person("head_leader"))
    page = client.post(url, given | {name: "Người thứ hai", "seen": opened})

    text = page.content.decode()
    assert "Người secretary đã lưu lúc" in text
    assert "Người thứ hai" in text
    assert stored(row, name) == "Người thứ nhất"

    again = page.context["form"]["seen"].value()
    assert f'name="seen" value="{again}"' in text
    client.post(url, given | {name: "Người thứ hai", "seen": again})

    assert stored(row, name) == "Người thứ hai"
    assert entries_of(row).count() == 2


def test_targets_of_others_do_not_outrun_the_theme(client, world):
    row, url, _, _ = theme(world)
    client.force_login(world.person("secretary"))
    opened = client.get(url).context["form"]["seen"].value()
    client.force_login(world.person("officer"))
    targets = reverse("blocs:targets-edit", args=[world.year.pk, world.syt.pk])
    version = client.get(targets).context["version"]
    data = {"rows": "1", "mode": "plan", "version": version, "row-0-name": "Chỉ tiêu", "row-0-plan": "5"}
    assert client.post(targets, data).status_code == 302

    client.force_login(world.person("secretary"))
    client.post(url, {"theme": "Mới", "seen": opened})

    assert Pledge.objects.get(pk=row.pk).theme == "Mới"
