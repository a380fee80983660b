"""Rows for tests: plain sequences, nothing random."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from blocs.models import (
    Agency,
    Appointment,
    Bloc,
    BlocMovement,
    BlocYear,
    Commendation,
    Conference,
    Council,
    CouncilMember,
    Membership,
    Movement,
    Observer,
    Petition,
    Pledge,
    RecipientCount,
    Target,
)
from reports.models import AgencyReport, BlocReview, Passage
from scoring.models import CriteriaSet, Criterion, Proposal, ScoreLine, ScoreSheet

PASSWORD = "mat-khau-thu-nghiem"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"nguoi{n}@example.vn")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn {chr(65 + n % 26)}")
    post_title = "Chuyên viên"
    password = factory.django.Password(PASSWORD)


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council
        django_get_or_create = ("province",)

    province = "Tỉnh Mẫu"
    name = "Hội đồng Thi đua - Khen thưởng tỉnh Mẫu"
    place = "Tỉnh Mẫu"


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    council = factory.SubFactory(CouncilFactory)
    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name = factory.Sequence(lambda n: f"Sở Thử nghiệm số {n}")


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    duty = "officer"


class CouncilMemberFactory(DjangoModelFactory):
    class Meta:
        model = CouncilMember

    council = factory.SubFactory(CouncilFactory)
    user = factory.SubFactory(UserFactory)


class BlocFactory(DjangoModelFactory):
    class Meta:
        model = Bloc

    council = factory.SubFactory(CouncilFactory)
    code = factory.Sequence(lambda n: f"khoi-{n}")
    name = factory.Sequence(lambda n: f"Khối thi đua số {n}")


class BlocYearFactory(DjangoModelFactory):
    class Meta:
        model = BlocYear

    bloc = factory.SubFactory(BlocFactory)
    year = 2020
    state = "running"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    position = factory.Sequence(lambda n: n)


class ObserverFactory(DjangoModelFactory):
    class Meta:
        model = Observer

    bloc_year = factory.SubFactory(BlocYearFactory)
    member = factory.SubFactory(CouncilMemberFactory)


class MovementFactory(DjangoModelFactory):
    class Meta:
        model = Movement

    council = factory.SubFactory(CouncilFactory)
    name = factory.Sequence(lambda n: f"Phong trào {n}")


class BlocMovementFactory(DjangoModelFactory):
    class Meta:
        model = BlocMovement

    bloc_year = factory.SubFactory(BlocYearFactory)
    movement = factory.SubFactory(MovementFactory)


class PledgeFactory(DjangoModelFactory):
    class Meta:
        model = Pledge

    bloc_year = factory.SubFactory(BlocYearFactory)


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    pledge = factory.SubFactory(PledgeFactory)
    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Chỉ tiêu {n}")
    unit = "%"
    plan = 90


class ConferenceFactory(DjangoModelFactory):
    class Meta:
        model = Conference

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = "mid-year-review"


class PetitionFactory(DjangoModelFactory):
    class Meta:
        model = Petition

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    subject = factory.Sequence(lambda n: f"Kiến nghị {n}")


class CommendationFactory(DjangoModelFactory):
    class Meta:
        model = Commendation

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    award = "giay-khen"


class RecipientCountFactory(DjangoModelFactory):
    class Meta:
        model = RecipientCount

    commendation = factory.SubFactory(CommendationFactory)
    kind = "individual"
    count = 1


class CriteriaSetFactory(DjangoModelFactory):
    class Meta:
        model = CriteriaSet

    bloc_year = factory.SubFactory(BlocYearFactory)
    state = "open"
    scale = 100


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    code = factory.Sequence(lambda n: f"T{n}")
    name = factory.Sequence(lambda n: f"Tiêu chí {n}")
    max_points = 10


class ScoreSheetFactory(DjangoModelFactory):
    class Meta:
        model = ScoreSheet

    bloc_year = factory.SubFactory(BlocYearFactory)
    criteria_set = factory.SubFactory(CriteriaSetFactory, bloc_year=factory.SelfAttribute("..bloc_year"))
    agency = factory.SubFactory(AgencyFactory)


class ScoreLineFactory(DjangoModelFactory):
    class Meta:
        model = ScoreLine

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.SubFactory(CriterionFactory)


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    award = "co-tinh"


class AgencyReportFactory(DjangoModelFactory):
    class Meta:
        model = AgencyReport

    bloc_year = factory.SubFactory(BlocYearFactory)
    agency = factory.SubFactory(AgencyFactory)
    kind = "mid-year"


class BlocReviewFactory(DjangoModelFactory):
    class Meta:
        model = BlocReview

    bloc_year = factory.SubFactory(BlocYearFactory)
    kind = "mid-year"


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = Passage

    review = factory.SubFactory(BlocReviewFactory)
    section = "achievements"
    text = "Nội dung."
