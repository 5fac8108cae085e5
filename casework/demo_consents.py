"""What people of the demo city were told and said yes or no to. All people are made up."""

from luisterloket.people.models import Organisation
from luisterloket.platform.demo import City, part

from . import actions
from .demo_people import as_owner
from .models import Case, CaseMember, ConsentStep, Informing

State = ConsentStep.State


@part(118)
def consents(city: City) -> None:
    """One said yes, one said no, one took it back; with most it was never asked."""
    said = {"jayden": [State.GIVEN], "gulsen": [State.REFUSED], "rachida": [State.GIVEN, State.WITHDRAWN]}
    for key, steps in said.items():
        case = city.cases[key]
        with as_owner(case):
            _said(case, city.organisations["denhaag"], steps)


def _said(case: Case, municipality: Organisation, steps: list[State]) -> None:
    main = CaseMember.objects.select_related("resident").get(case=case, part=CaseMember.Part.MAIN).resident
    told = {"purposes": ["listening", "youth"], "how": Informing.How.PAPER}
    actions.note_informing(actor=case.owner, case=case, resident=main, **told)
    about = {"purpose": "youth", "category": "mental_health", "organisation": municipality}
    for state in steps:
        actions.note_consent(actor=case.owner, case=case, resident=main, state=state, **about)
