"""A wijk with a thing of every kind in every relation to the people of the matrix, made through the actions."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.utils import timezone

from backoffice import actions as desks
from backoffice.models import Desk, Escalation
from casework import actions as casework
from casework.domains import Severity
from casework.models import Case, CaseMember, Concern, Document, ErasureLine, Intake, Involvement
from luisterloket.convenant.models import ConvenantVersion, Law, UnusualLook
from luisterloket.people.models import Organisation, User
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice.handing_in import handed_in
from tests.backoffice.scene import as_jobs, sent
from tests.casework.erasing import ended_long_ago, proposed
from tests.casework.heard import a_case, an_intake
from tests.city import TestCity
from tests.convenant.drafting import a_draft, offered
from tests.convenant.numbers import NUMBER, numbers_in_use
from tests.wijkbegroting.scene import ARGUMENT, SHOP, the_budget, the_line
from wijkbegroting import actions as money
from wijkbegroting.models import Source

from .accounts_world import keep_accounts
from .connections_world import keep_connections
from .desk_world import keep_desk_work, keep_words_of_desk
from .desks_world import ask_and_be_away
from .matrix import NONE, PEOPLE
from .notifications_world import keep_notifications
from .stalls_world import keep_stalls

# Stands in the story and the name of everyone here: no page that says no may hold it.
SECRET = "zilverberk"
# Relation: who works on it, in which wijk, and the desk that was asked. "team" and "routed" are a colleague's.
RELATIONS = {
    "mine": ("marit", "schilderswijk", "inkomen"),
    "team": ("bram", "schilderswijk", "inkomen"),
    "other": ("noor", "vreewijk", "inkomen"),
    "routed": ("bram", "schilderswijk", "wonen"),
}
COSIGNER = {"mine": "bram", "team": "hakan", "other": "sef"}
MONEY = {"mine": ("schilderswijk", "bram", "eline"), "other": ("vreewijk", "noor", "tamara")}
SMALL, ABOVE_MANDATE = 85_00, 1_650_00

Ids = dict[str, Any]


class World:
    """`world.things[kind][relation]`: the ids in the address of that thing."""

    def __init__(self, city: TestCity):
        self.city = city
        self.people: dict[str, User] = {role: getattr(city, name) for role, name in PEOPLE.items()}
        with writes.allowed():
            self.people["nobody"] = User.objects.create_user("nobody@oefenstad.example", "x" * 20, name="Niemand")
        self.things: dict[str, dict[str, Ids]] = {}
        for key in ("schilderswijk", "vreewijk"):
            numbers_in_use(city, city.unit(key))
        for relation, name in {"on": "Stichting Buurthuis De Mussen", "off": "Gemeente Den Haag"}.items():
            self._keep("organisation", relation, pk=Organisation.objects.get(name=name).pk)
        self.values: dict[str, dict[str, str]] = {}
        for relation, (name, unit, desk) in RELATIONS.items():
            self._case(relation, getattr(city, name), unit, desk)
        for relation, (unit, proposer, wethouder) in MONEY.items():
            self._budget(relation, unit, getattr(city, proposer), getattr(city, wethouder))
        for relation, key in {"mine": "wonen", "other": "jeugd"}.items():
            self._keep("desk", relation, pk=Desk.objects.get(unit=city.unit(key)).pk)
        self._keep("case thing", "crossed", pk=self.things["case"]["mine"]["pk"], thing=self.things["case thing"]["team"]["thing"])
        self._merged(city)
        self._contracts(city)
        self._convenants(city)
        self._unusual(city)
        self._emergencies(city)
        self._erasing(city)
        keep_accounts(self, self._keep)
        keep_desk_work(city, self._keep, SECRET)
        ask_and_be_away(city, self._keep)
        keep_stalls(self, self._keep)
        keep_notifications(self, self._keep)
        keep_connections(self, self._keep)
        other = self.things["case"]["other"]["pk"]
        self._keep("intake case", "crossed", pk=self.things["intake"]["mine"]["pk"], case=other)
        self.values["@lead"] = dict.fromkeys([*RELATIONS, "crossed"], str(city.ilse.pk))
        self.values["@desk"] = dict.fromkeys([*RELATIONS, "crossed"], str(self.things["desk"]["mine"]["pk"]))

    def _put_before(self, relation: str, actor: User, case: Case) -> None:
        """An answer that stayed, before the wijkwethouder."""
        no = {"result": "refused", "answer": SECRET, "refused_under": "Wmo 2015, artikel 1.2.1", "next_step": SECRET}
        request = desks.take_up_request(actor=self.city.joost, request=sent(self.city, case, to="wonen", actor=actor))
        desks.answer_request(actor=self.city.joost, request=request, **no)
        desks.contest_answer(actor=actor, request=request, why=SECRET)
        desks.reconsider_answer(actor=self.city.ilse, request=request, **no)
        desks.escalate(actor=actor, request=request, dilemma="De regel past niet bij wie niets heeft.")
        with acting(actor.acting):
            self._keep("escalation", relation, pk=Escalation.objects.get(request=request).pk)

    def _convenants(self, city: TestCity) -> None:
        """A version in each state that a page treats otherwise, with a thing of each kind that is in it."""
        versions = {"draft": a_draft(city), "offered": offered(city, a_draft(city)), "in_force": ConvenantVersion.in_force()}
        for relation, version in versions.items():
            assert version is not None
            self._keep("convenant", relation, pk=version.pk)
            for name, related in {
                "party": "parties",
                "purpose": "purposes",
                "clause": "clauses",
                "term": "retention_terms",
            }.items():
                self._keep(f"convenant {name}", relation, pk=version.pk, **{name: getattr(version, related).first().pk})
        for relation, code in {"on": "wmo-2015", "off": "wams"}.items():
            self._keep("law", relation, pk=Law.objects.get(code=code).pk)

    def ids(self, kind: str, relation: str) -> Ids:
        """The ids of that thing; fresh ones that are of nothing for the relation `none`."""
        if relation == NONE:
            one = next(iter(self.things[kind].values()))
            return {name: value if isinstance(value, int) else uuid4() for name, value in one.items()}
        return self.things[kind][relation]

    def relations(self, kind: str) -> list[str]:
        return [*self.things[kind], NONE]

    def value(self, text: str, relation: str) -> str:
        """What a form sends: `@source` stands for the id of the source in this relation."""
        return self.values.get(text, {}).get(relation, str(uuid4())) if text.startswith("@") else text

    def _keep(self, kind: str, relation: str, **ids: Any) -> None:
        self.things.setdefault(kind, {})[relation] = ids

    def _case(self, relation: str, actor: User, unit: str, desk: str) -> None:
        story = {
            "name": f"Zilverberk {relation}",
            "own_words": f"Dit vertelde {SECRET} {relation} aan het loket.",
        }
        at = self.city.unit(unit)
        case = a_case(actor, at, household=1, **story)
        if relation == "mine":
            for colleague, kind in (("fatna", Involvement.Kind.BUDDY), ("hakan", Involvement.Kind.CO_WORKER)):
                casework.involve(actor=actor, case=case, user=getattr(self.city, colleague), kind=kind)
        with acting(actor.acting):
            thing = Concern.objects.filter(case=case).first()
        assert thing is not None
        self._keep("case", relation, pk=case.pk)
        version = casework.compose_summary(actor=actor, case=case, language="nl")
        self._keep("summary", relation, pk=case.pk, number=version.number)
        self._keep("case thing", relation, pk=case.pk, thing=thing.pk)
        how = {"on": timezone.localdate(), "part_of_day": "morning", "kind": "phone", "result": "reached", "text": SECRET}
        moment = casework.note_contact_moment(actor=actor, case=case, **how)
        self._keep("contact moment", relation, pk=case.pk, moment=moment.pk)
        soon = timezone.now() + timedelta(days=3)
        meeting = casework.plan_meeting(actor=actor, case=case, kind="phone", starts_at=soon, who=actor, place=SECRET)
        self._keep("case meeting", relation, pk=case.pk, meeting=meeting.pk)
        goal = casework.add_goal(actor=actor, case=case, text=SECRET, domain="housing")
        self._keep("case goal", relation, pk=case.pk, goal=goal.pk)
        day = timezone.localdate() + timedelta(days=7)
        step = casework.add_step(actor=actor, case=case, kind="loket", text=SECRET, guard=actor, due_on=day, goal=goal)
        self._keep("case step", relation, pk=case.pk, step=step.pk)
        self._papers(relation, actor, case)
        owed = {"creditor": SECRET, "kind": "energy", "sureness": "about", "least": 800_00, "threat": "electricity"}
        self._keep("case debt", relation, pk=case.pk, line=casework.add_debt(actor=actor, case=case, **owed).pk)
        self._round_the_table(relation, actor, case)
        self._people(relation, actor, case)
        self._rights(relation, actor, case)
        self._signs(relation, actor, case)
        request = sent(self.city, case, to=desk, actor=actor)
        self._keep("request", relation, pk=request.pk)
        keep_words_of_desk(self.city, self._keep, SECRET, relation, request)
        if relation == "routed":
            return
        if relation == "mine":
            # Of a case of its own: a desk that was asked knows of the case.
            self._put_before(relation, actor, a_case(actor, at))
        self._handed_in(relation, at)
        intake = an_intake(actor, at, **story)
        mark = casework.mark_concern(actor=actor, intake=intake, domain="housing", severity=Severity.ACUTE, text="Geen dak")
        self._keep("intake", relation, pk=intake.pk)
        left = casework.offer_intake(actor=actor, intake=an_intake(actor, at, **story))
        self._keep("left intake", relation, pk=left.pk)
        with acting(actor.acting):
            self._keep("case intake", relation, pk=Intake.objects.get(case=case).pk)
        sign = casework.note_early_sign(actor=actor, unit=at, kind="neighbour", seen=f"Post puilt uit bij {SECRET} {relation}")
        self._keep("early sign", relation, pk=sign.pk)
        short = casework.note_short_contact(actor=actor, unit=at, done="letter", text=f"Een brief voor {SECRET} {relation}")
        self._keep("short contact", relation, pk=short.pk)
        self._keep("intake case", relation, pk=intake.pk, case=case.pk)
        self._keep("intake mark", relation, pk=intake.pk, mark=mark.pk)
        self._grants(relation, actor, case, at.name)

    def _handed_in(self, relation: str, loket: Any) -> None:
        """Someone who was handed in at this loket, and one that was taken on there: by one's own unit, and by another."""
        by, at = ("sanne", "bron") if relation == "mine" else ("thijs", "invordering")
        told = {"by": by, "at": at, "loket": loket, "name": SECRET, "text": SECRET}
        self._keep("hand-in", relation, pk=handed_in(self.city, **told).pk)
        taken = handed_in(self.city, **told)
        worker = self.city.marit if loket == self.city.unit("schilderswijk") else self.city.noor
        self._keep("accepted hand-in", relation, pk=desks.accept_hand_in(actor=worker, hand_in=taken, how="early_sign").pk)

    def _unusual(self, city: TestCity) -> None:
        """What the job would raise of a colleague who looked at night."""
        night = timezone.now() - timedelta(days=1)
        look = UnusualLook(
            kind="night", actor_id=city.bram.pk, thing="gisteren", first_at=night, last_at=night, count=1, raised_at=timezone.now()
        )
        with as_jobs(), writes.allowed():
            look.save(force_insert=True)
        self._keep("unusual look", "raised", pk=look.pk)

    def _merged(self, city: TestCity) -> None:
        """Two more cases of the same people: one to bring together with, one that was."""
        mine = self.things["case"]["mine"]["pk"]
        twice = [a_case(city.marit, city.unit("schilderswijk"), name=f"{SECRET} {place}") for place in ("dubbel", "eerder")]
        for case in twice:
            for name, kind in (("fatna", Involvement.Kind.BUDDY), ("hakan", Involvement.Kind.CO_WORKER)):
                casework.involve(actor=city.marit, case=case, user=getattr(city, name), kind=kind)
        self._keep("two cases", "mine", pk=mine, other=twice[0].pk)
        self._keep("two cases", "crossed", pk=mine, other=self.things["case"]["team"]["pk"])
        with acting(city.marit.acting):
            case = Case.objects.get(pk=mine)
            again = CaseMember.objects.get(case=twice[0], part="main").resident_id
        child = self.things["case person"]["mine"]["resident"]
        self._keep("two people", "mine", pk=mine, resident=child, other=twice[0].pk, other_resident=again)
        team = self.things["case person"]["team"]
        self._keep("two people", "crossed", pk=mine, resident=child, other=team["pk"], other_resident=team["resident"])
        merge = casework.merge_residents(actor=city.marit, case=case, other=twice[1], keep="this", reason=SECRET)
        self._keep("merge", "mine", pk=mine, merge=merge.pk)

    def _papers(self, relation: str, actor: User, case: Case) -> None:
        """A document, one that was taken off, and a letter."""

        def added(words: str) -> Document:
            file = casework.arrived(BytesIO(f"{words} {SECRET}".encode()), f"{SECRET}.txt")
            casework.add_documents(actor=actor, case=case, files=[file], kind="letter", category="housing", title=SECRET)
            with acting(actor.acting):
                return Document.objects.filter(case=case).latest("added_at")

        self._keep("case document", relation, pk=case.pk, document=added("Brief").pk)
        off = casework.take_off_document(actor=actor, document=added("Fout"), because="Dubbel")
        self._keep("case document off", relation, pk=case.pk, document=off.pk)
        to = {"text": "verklaring.nl", "to": "outside", "way": "post", "to_name": SECRET}
        self._keep("case letter", relation, pk=case.pk, letter=casework.write_letter(actor=actor, case=case, **to).pk)

    def _rights(self, relation: str, actor: User, case: Case) -> None:
        """What the resident asks about their data: just asked, a copy that is read along, and something that must be put right."""
        with acting(actor.acting):
            main = CaseMember.objects.select_related("resident").get(case=case, part="main").resident
            thing = Concern.objects.filter(case=case).first()
        assert thing is not None
        told = {"resident": main, "how": "desk", "received_on": timezone.localdate(), "text": SECRET}
        asked = casework.record_rights_request(actor=actor, case=case, kind="erasure", **told)
        copy, wrong = (
            casework.record_rights_request(actor=actor, case=case, kind=kind, identity_how="known", **told)
            for kind in ("copy", "correction")
        )
        named = {"key": f"concern:{thing.pk}", "must_be": SECRET}
        correction = casework.ask_correction(actor=actor, request=wrong, **named)
        if relation != "other":
            for request in (copy, wrong):
                casework.take_rights_request(actor=self.city.lotte, request=request)
        if relation == "mine":
            casework.ask_copy_reader(actor=self.city.lotte, request=copy, reader=self.city.hakan)
        self._keep("rights request", relation, pk=asked.pk)
        self._keep("rights copy", relation, pk=copy.pk)
        self._keep("rights wrong", relation, pk=wrong.pk)
        self._keep("rights correction", relation, pk=wrong.pk, correction=correction.pk)
        self._keep("case rights", relation, pk=case.pk, rights=asked.pk)
        self._keep("case correction", relation, pk=case.pk, correction=correction.pk)
        self.values.setdefault("@concern", {})[relation] = f"concern:{thing.pk}"

    def _round_the_table(self, relation: str, actor: User, case: Case) -> None:
        """An overleg to come and one that was held, with a desk that was asked and a school; and an exception that was asked."""
        told = {"agenda": [SECRET], "place": SECRET, "resident_part": "not_told", "resident_why": SECRET}
        planned, held = (
            casework.plan_conference(
                actor=actor, case=case, kind="conference", starts_at=timezone.now() + timedelta(days=days), **told
            )
            for days in (3, 4)
        )
        seats = {}
        for conference in (planned, held):
            for user in (self.city.joost, self.city.mirjam) if relation == "mine" else ():
                guest = f"{user.pk}:{user.posts[0].unit_id}:{user.posts[0].role.code}"
                seats[conference, user] = casework.invite(actor=actor, conference=conference, guest=guest)
        with acting(actor.acting):
            chair = planned.participants.get(user=actor)
            owner = held.participants.get(user=actor)
        self._keep("conference", relation, pk=planned.pk)
        self._keep("conference seat", relation, pk=planned.pk, participant=seats.get((planned, self.city.joost), chair).pk)
        with writes.allowed(), acting(actor.acting):
            type(held).objects.filter(pk=held.pk).update(starts_at=timezone.now() - timedelta(hours=3))
        came = [seats[held, self.city.mirjam]] if relation == "mine" else []
        held = casework.hold_conference(actor=actor, conference=held, came=came)
        casework.write_record(actor=actor, conference=held, text=SECRET, revision=0)
        owner = came[0] if came else owner
        agreed = casework.agree(actor=actor, conference=held, text=SECRET, owner=owner, due_on=timezone.localdate())
        self._keep("held conference", relation, pk=held.pk)
        self._keep("conference agreement", relation, pk=held.pk, agreement=agreed.pk)
        day = timezone.localdate()
        exception = casework.ask_exception(
            actor=actor, case=case, kind="papers", rule=SECRET, why=SECRET, since=day, review_on=day + timedelta(days=9)
        )
        self._keep("case exception", relation, pk=case.pk, exception=exception.pk)

    def _contracts(self, city: TestCity) -> None:
        """The contract of a team of one's own wijk ends, and one of another."""
        for relation, key in {"mine": "schilderswijk", "other": "vreewijk"}.items():
            unit, day = city.unit(key), timezone.localdate() + timedelta(days=90)
            told = {"organisation": unit.organisation, "ends_on": day, "successors": [(unit, city.unit("goedebuur"))]}
            self._keep("contract", relation, pk=casework.announce_ending(actor=city.petra, **told).pk)

    def _emergencies(self, city: TestCity) -> None:
        """The coordinator opened a file of another wijk, and somebody of that wijk one of here."""
        for relation, owner, unit, opener in (
            ("mine", city.noor, "vreewijk", city.hakan),
            ("other", city.marit, "schilderswijk", city.sef),
        ):
            born = {"mine": "1981-02-03", "other": "1982-03-04"}[relation]
            a_case(owner, city.unit(unit), name=f"{SECRET} nood", born=born)
            told = {"sought": f"{SECRET} nood {born}", "reason": SECRET, "categories": ["identity"], "hours": 4}
            self._keep("emergency", relation, pk=casework.break_glass(actor=opener, **told).pk)

    def _erasing(self, city: TestCity) -> None:
        """A case whose last term has passed and is proposed to be erased, and one that is held."""
        for relation, (name, unit) in {"mine": ("marit", "schilderswijk"), "other": ("noor", "vreewijk")}.items():
            actor = getattr(city, name)
            over, kept = (a_case(actor, city.unit(unit), name=f"{SECRET} {relation}") for _each in range(2))
            ended_long_ago(over)
            day = timezone.localdate() + timedelta(days=60)
            hold = casework.set_hold(actor=actor, case=kept, reason=SECRET, review_on=day)
            self._keep("hold", relation, pk=hold.pk)
            proposed()
            with acting(city.lotte.acting):
                line = ErasureLine.objects.get(thing=over.pk)
            self._keep("erasure", relation, pk=line.batch_id)
            self._keep("erasure line", relation, pk=line.batch_id, line=line.pk)

    def _people(self, relation: str, actor: User, case: Case) -> None:
        """A child with a parent, a bewindvoerder and someone who speaks for them."""
        with acting(actor.acting):
            child = CaseMember.objects.select_related("resident").get(case=case, part="child")
        tie = casework.add_tie(actor=actor, case=case, child=child, kind="parent", name="Zilverberk senior")
        asked = {"actor": actor, "case": case, "resident": child.resident, "name": "J. de Wit"}
        decides = casework.add_representative(**asked, kind="bewindvoerder", scope="money")
        speaks = casework.add_representative(**asked, kind="speaks", scope="care", reason="Belt niet", pass_phrase=SECRET)
        known = {"name": "Zilverberk kind", "part": "child", "identity_number": NUMBER}
        casework.change_member(actor=actor, case=case, member=child, **known)
        ids = {"pk": case.pk, "resident": child.resident_id}
        self._keep("case person", relation, **ids)
        self._keep("case tie", relation, **ids, thing=tie.pk)
        self._keep("case representative", relation, **ids, thing=decides.pk)
        self._keep("case spokesperson", relation, **ids, thing=speaks.pk)

    def _signs(self, relation: str, actor: User, case: Case) -> None:
        """A threat that the law names, and the steps that a sign of violence led to."""
        heard = {"actor": actor, "case": case, "severity": Severity.ACUTE, "text": SECRET}
        threat = casework.add_concern(**heard, domain="housing", sign="eviction")
        self._keep("case threat", relation, pk=case.pk, thing=threat.pk)
        sign = casework.add_concern(**heard, domain="network", sign="violence")
        self._keep("case steps", relation, pk=case.pk, track=sign.track_id)

    def _grants(self, relation: str, actor: User, case: Case, unit: str) -> None:
        line = the_line(unit=unit)
        self.values.setdefault("@line_with_money", {})[relation] = str(line.pk)

        def asked(amount: int) -> Any:
            return money.ask_maatwerk(actor=actor, case=case, line=line, amount=amount, **(ARGUMENT | SHOP))

        cosign: Callable[..., Any] = money.cosign_grant
        colleague = getattr(self.city, COSIGNER[relation])
        self._keep("grant", relation, pk=asked(SMALL).pk)
        self._keep("cosigned grant", relation, pk=cosign(actor=colleague, grant=asked(ABOVE_MANDATE)).pk)
        self._keep("approved grant", relation, pk=cosign(actor=colleague, grant=asked(SMALL)).pk)

    def _budget(self, relation: str, unit: str, proposer: User, wethouder: User) -> None:
        at = self.city.unit(unit)
        budget = the_budget(at.name)
        source = Source.objects.filter(budget=budget).order_by("name")[0]

        def proposed(name: str) -> Any:
            details = {"source": source, "name": name, "intention": "Warmte", "effect": "social", "amount": 100_00}
            return money.propose_line(actor=proposer, budget=budget, **details)

        self._keep("unit", relation, unit=at.pk)
        self._keep("wijk team", relation, pk=at.pk)
        self._keep("budget", relation, pk=budget.pk)
        self._keep("source", relation, pk=source.pk)
        self._keep("line", relation, pk=proposed("Warme winter").pk)
        returned = money.return_line(actor=wethouder, line=proposed("Warme zomer"), reason="Vraag eerst de verhuurder")
        self._keep("returned line", relation, pk=returned.pk)
        self.values.setdefault("@source", {})[relation] = str(source.pk)
