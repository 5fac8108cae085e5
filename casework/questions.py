"""The questions that a wijk asks of its own: data in its way of working, versioned, so that an old answer keeps its question."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luisterloket.wijken.models import WayOfWorking

from .domains import CATEGORY_OF
from .models import Answer, Intake

PREFIX = "answer-"
LONGEST = 2_000
# The categories of personal data that such an answer can belong to.
ASKABLE = tuple(dict.fromkeys(["story", "household", "contact", "strengths", "network", *CATEGORY_OF.values()]))


@dataclass(frozen=True)
class Question:
    """One question as it is asked in this conversation, and the answer so far."""

    code: str
    text: str
    category: str
    version: int
    answer: str = ""

    @property
    def field(self) -> str:
        """Its name in the form and in what a page saves by itself."""
        return f"{PREFIX}{self.code}"


def questions_for(intake: Intake) -> list[Question]:
    """What this wijk asks now, and before it what was answered already under an earlier version. Two queries."""
    answered = {one.question: one for one in Answer.objects.filter(intake=intake)}
    way = WayOfWorking.objects.filter(wijk__units=intake.unit_id).order_by("-version").first()
    now = [_question(one, way.version, answered) for one in way.questions] if way else []
    asked = {one.code for one in now}
    earlier = [
        Question(one.question, one.asked_as, one.category, one.version, one.text)
        for code, one in answered.items()
        if code not in asked and one.text
    ]
    return earlier + now


def _question(stored: dict[str, Any], version: int, answered: dict[str, Answer]) -> Question:
    answer = answered.get(stored["code"])
    # Who answered it once sees the question of then.
    text = answer.asked_as if answer and answer.text else stored["text"]
    return Question(stored["code"], text, stored["category"], version, answer.text if answer else "")


def asks_of_its_own(unit_id: UUID) -> bool:
    """Whether the wijk of this unit has questions of its own."""
    found = WayOfWorking.objects.filter(wijk__units=unit_id).order_by("-version").values_list("questions", flat=True).first()
    return bool(found)
