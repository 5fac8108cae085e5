"""A row of every table that a case can have and that the world of the access matrix has none of, put there as it would stand."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from backoffice.models import (
    Desk,
    DeskNote,
    DeskQuestion,
    HandIn,
    IntakeAnswer,
    Message,
    QuestionReview,
    Reception,
    RequestItem,
    SecondOpinion,
    SpecialistRequest,
)
from casework.models import (
    Answer,
    BreakGlass,
    BreakGlassWord,
    Case,
    CaseConference,
    CaseEnding,
    CaseMember,
    CaseSummary,
    Check,
    Concern,
    ConferenceAddition,
    ConferenceItem,
    ConsentStep,
    Conversation,
    CopyCheck,
    CopyChoice,
    CostLine,
    EarlySign,
    ErasureBatch,
    ErasureLine,
    Goal,
    Handover,
    HandoverCheck,
    HandoverNote,
    IncomeLine,
    Intake,
    LegalHold,
    LooseEndDecision,
    MeldcodeStep,
    MeldcodeTrack,
    PlanStep,
    Protection,
    Reading,
    Representative,
    Review,
    RightsRequest,
    ShortContact,
    SignAttempt,
    Withheld,
)
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import User
from luisterloket.platform.models import Draft, OutboxEvent


def filled(case: Case, colleague: User) -> None:
    """As the owner of the database."""
    now, today, by = timezone.now(), timezone.localdate(), case.owner_id
    of: dict[str, Any] = {"case_id": case.pk, "unit_id": case.unit_id}
    main = CaseMember.objects.get(case=case, part="main").resident_id
    intake = Intake.objects.filter(case=case).first()
    conference = CaseConference.objects.filter(case=case).first()
    request = SpecialistRequest.objects.filter(case=case).first()
    version = CaseSummary.objects.filter(case=case).first()
    track = MeldcodeTrack.objects.filter(case=case).first()
    heard = Concern.objects.filter(case=case).first()
    told = {"by_id": by}
    sign = EarlySign(
        **of, kind="arrears", partner="landlord", amount=80_000, status="settled", outcome="reached", settled_at=now, settled_by_id=by,
        noted_by_id=by, owner_id=by, due_on=today, late_on=today,
    )  # fmt: skip
    review = Review(**of, kind="review", on=today, noted_by_id=by)
    again = Review(**of, kind="review", on=today - timedelta(days=9), noted_by_id=by)
    ending = CaseEnding(**of, into="ended", goes="better", **told)
    batch = ErasureBatch(unit_id=case.unit_id, status="called_back", call_back_days=30)
    question = DeskQuestion(
        desk=Desk.objects.get(unit_id=request.desk_unit_id), text="?", kind=DeskQuestion.Kind.values[0], order=99,
        category_id="finances",
    )  # fmt: skip
    hand_in = HandIn(
        unit_id=case.unit_id, desk_unit_id=request.desk_unit_id, sent_by_id=by, status="accepted", kind="desk", category="finances",
        legal_ground="-", convenant_version_id=request.convenant_version_id, knows="agrees", due_on=today, answered_at=now,
    )  # fmt: skip
    rows: list[Any] = [
        sign,
        SignAttempt(sign=sign, unit_id=case.unit_id, on=today, part_of_day="morning", kind="visit", result="nobody", **told),
        IncomeLine(**of, kind="benefit", sureness="about", least=1_000, period="month"),
        CostLine(**of, kind="rent", sureness="about", least=1_000, period="month"),
        Protection(**of, resident_id=main, reason="colleague", set_by_id=by, lifted_at=now, lifted_by_id=by),
        Withheld(**of, kind="concern", thing=heard.pk, resident_id=main, set_by_id=by, lifted_at=now, lifted_by_id=by),
        CopyCheck(**of, version=version, revision=1, asked_by_id=by, due_at=now),
        ending,
        LooseEndDecision(**of, ending=ending, kind="request", ref=uuid4(), who_id=by, until=today),
        ShortContact(**of, noted_by_id=by, done="letter"),
        LegalHold(**of, review_on=today, set_by_id=by, lifted_by=colleague, lifted_at=now),
        batch,
        ErasureLine(batch=batch, **of, kind="case", thing=case.pk, category="health", law="-", status="called_back",
                    decided_at=now - timedelta(days=700)),
        review,
        again,
        Reading(**of, review=review, domain="finances", severity=2),
        Reading(**of, review=again, domain="housing", severity=3),
        Draft(owner_id=by, form=f"step:{case.pk}", **of),
        OutboxEvent(event="case.joined", thing_label="casework.case", thing_id=case.pk, unit_id=case.unit_id),
        ConferenceItem(**of, conference=conference, category="story", kind="quote", ref=uuid4(), subject_id=main, label="", order=1,
                       laid_by_id=by, laid_at=now),
        ConferenceAddition(**of, conference=conference, **told),
        MeldcodeStep(**of, track=track, number=1, on=today, **told),
        Message(request=request, case_id=case.pk, unit_id=case.unit_id, desk_unit_id=request.desk_unit_id, from_desk=True,
                **told),
        QuestionReview(request=request, case_id=case.pk, unit_id=case.unit_id, desk_unit_id=request.desk_unit_id, to_id=by,
                       by_id=by, quality="clear"),
        question,
        IntakeAnswer(request=request, case_id=case.pk, unit_id=case.unit_id, desk_unit_id=request.desk_unit_id, question=question,
                     by_id=by),
        DeskNote(request=request, case_id=case.pk, desk_unit_id=request.desk_unit_id, by_id=by),
        SecondOpinion(request=request, case_id=case.pk, desk_unit_id=request.desk_unit_id, asked_by_id=by, asked=colleague),
        hand_in,
        Reception(hand_in=hand_in, **of, how="case", category="finances"),
    ]  # fmt: skip
    if intake is not None:
        heard_in = {**of, "intake": intake}
        rows += [
            Conversation(**heard_in, held_on=today, place="home", **told),
            Answer(**heard_in, question="talk", version=1, asked_as="Hoe?", category="story", **told),
            Check(**heard_in, what="papers", status="open", moment="", **told),
        ]
    handover = Handover(
        **of, from_unit_id=case.unit_id, to_unit_id=case.unit_id, from_user_id=by, to_user=colleague, status="called_off", why="leaves",
        due_on=today, ended_at=now, ended_by_id=by,
    )  # fmt: skip
    emergency = BreakGlass(
        **of, who=colleague, role="coordinator", who_unit_id=case.unit_id, categories=["identity"], until=now + timedelta(hours=1),
        review_by=today,
    )  # fmt: skip
    asked = RightsRequest.objects.filter(case=case).first()
    version_id = ConvenantVersion.objects.values_list("pk", flat=True).first()
    rows += [
        emergency,
        BreakGlassWord(**of, emergency=emergency, kind="account", **told),
        CopyChoice(**of, request=asked, kind="concern", thing=heard.pk, give=True, **told),
        ConsentStep(
            **of, number=1, resident_id=main, purpose_id="youth", category_id="mental_health", state="given", how="spoken",
            organisation_id=case.unit.organisation_id, given_by="self", recorded_by_id=by, convenant_version_id=version_id,
        ),
        handover,
        HandoverCheck(**of, handover=handover, code="keys", done_by_id=by),
        HandoverNote(**of, handover=handover, by_id=by),
        RequestItem(request=request, case_id=case.pk, unit_id=case.unit_id, desk_unit_id=request.desk_unit_id, category="finances",
                    kind="debt", subject_id=main, label="", legal_ground="-", order=9),
    ]  # fmt: skip
    for one in rows:
        one.save(force_insert=True)
    # What one thing of a case can point at in another.
    step = PlanStep.objects.filter(case=case).first()
    step.representative_id = Representative.objects.filter(case=case).values_list("pk", flat=True).first()
    step.resident_id = main
    step.save()
    Goal.objects.filter(case=case).update(resident_id=main)
