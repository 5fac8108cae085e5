"""What becomes of every table that holds something of a resident when its term has passed (decision 0032).

Each column with words is in exactly one of three: its row is erased, it is emptied, or it is kept, with why. The database runs
these rules: they are a function there (`erasure_rules`), so nobody but a migration changes them, and a test compares the two. For a
new table add a rule here and a migration with `as_operation()`; until then tests fail.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.migrations.operations import RunSQL
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .domains import CATEGORY_OF
from .models.plans import WITHOUT_DOMAIN


class How(StrEnum):
    ERASED = "erased"
    EMPTIED = "emptied"
    KEPT = "kept"


class Sort(TextChoices):
    """What the rows of a table are to whoever reads the report."""

    PEOPLE = "people", _("People and how to reach them")
    HEARD = "heard", _("Conversations and what was told")
    CONTACT = "contact", _("Contacts, appointments and what comes next")
    PLAN = "plan", _("Goals, steps and reviews")
    MONEY = "money", _("Income, costs and debts")
    PAPERS = "papers", _("Documents, letters and summaries")
    REQUESTS = "requests", _("Requests to desks and their answers")
    TABLE = "table", _("Overleggen")
    SAFETY = "safety", _("Safety and protection")
    COURSE = "course", _("How the case went")
    PAYMENT = "payment", _("Payments")
    TRACES = "traces", _("Drafts and messages that waited")


@dataclass(frozen=True)
class Rule:
    """What happens with rows of one table.

    `category` is a condition in SQL on row `t` and the category `$3`; without one the rows go with the last of the case. `rows`
    finds the rows of case `$1` and of people `$2`; by default those with that `case_id`. `columns` are emptied: words to nothing,
    moments to their year. `part` tells the rules of one table apart.
    """

    table: str
    how: How
    sort: Sort
    category: str = ""
    columns: tuple[str, ...] = field(default=())
    rows: str = ""
    part: str = ""
    why: str = ""


E, M, K = How.ERASED, How.EMPTIED, How.KEPT
S = Sort
OF_DOMAIN = "erasure_category(t.domain) = $3"
SAFE = "('violence', 'child_at_risk')"
OF_PEOPLE = "t.resident_id = ANY ($2)"
# What a desk was asked and answered belongs to what that desk does, so that it goes by the term of that.
OF_DESK = (
    "erasure_category(coalesce((SELECT d.domains ->> 0 FROM backoffice_desk d WHERE d.unit_id = t.desk_unit_id LIMIT 1), '')) = $3"
)


def of(category: str) -> str:
    return f"$3 = '{category}'"


RULES = (
    # A yes goes with what it was about, and before whoever gave it for another or the paper it was signed on.
    Rule(
        "casework_consentstep", E, S.COURSE,
        "(t.category_id = $3 OR (t.tie_id IS NOT NULL AND $3 = 'household')"
        " OR (t.representative_id IS NOT NULL AND $3 IN ('household', 'contact', 'health', 'finances'))"
        " OR EXISTS (SELECT FROM casework_document d WHERE d.id = t.document_id AND d.category = $3))",
    ),
    Rule("casework_informing", E, S.COURSE),
    # People ------------------------------------------------------------------------------------------------------------
    Rule("casework_resident", M, S.PEOPLE, of("identity"), ("name", "known_as", "born", "language"), "t.id = ANY ($2)", "identity"),
    Rule(
        "casework_resident", M, S.PEOPLE, of("contact"),
        (
            "phone", "address", "email", "through", "best_moments", "channel", "interpreter", "never_call", "never_message",
            "never_write",
        ),
        "t.id = ANY ($2)", "contact",
    ),
    Rule("casework_resident", M, S.PEOPLE, "", ("created_at", "merged_into_id"), "t.id = ANY ($2)", "rest"),
    Rule(
        "casework_searchkey", E, S.PEOPLE,
        "CASE WHEN t.kind IN ('phone', 'postcode') THEN 'contact' WHEN t.kind = 'bsn' THEN 'bsn' ELSE 'identity' END = $3",
        rows=OF_PEOPLE,
    ),
    Rule("casework_identitynumber", E, S.PEOPLE, of("bsn"), (), OF_PEOPLE),
    Rule("casework_casemember", E, S.PEOPLE),
    Rule("casework_parentaltie", E, S.PEOPLE, of("household")),
    Rule(
        "casework_representative", E, S.PEOPLE,
        "CASE WHEN t.kind = 'guardian' THEN 'household' WHEN t.kind = 'speaks' OR t.scope = 'matter' THEN 'contact'"
        " WHEN t.scope = 'care' THEN 'health' ELSE 'finances' END = $3",
    ),
    Rule(
        "casework_residentmerge", E, S.PEOPLE, rows="(t.kept_id = ANY ($2) OR t.merged_id = ANY ($2))",
    ),
    # What was told -----------------------------------------------------------------------------------------------------
    Rule(
        "casework_intake", M, S.HEARD, of("story"),
        ("own_words", "quote", "asked_question", "question_behind", "offered_with", "changed_at"), part="story",
    ),
    Rule("casework_intake", M, S.HEARD, of("identity"), ("name", "known_as", "born", "language"), part="identity"),
    Rule("casework_intake", M, S.HEARD, of("contact"), ("phone", "address"), part="contact"),
    Rule("casework_intake", M, S.HEARD, of("household"), ("household",), part="household"),
    Rule("casework_intake", E, S.HEARD, part="rest"),
    Rule(
        "casework_intakewriter", E, S.HEARD,
        rows="t.intake_id IN (SELECT i.id FROM casework_intake i WHERE i.case_id = $1)",
    ),
    # The life domain, how heavy it was and the year stay, so that what a wijk met with can still be counted.
    Rule(
        "casework_concern", M, S.HEARD,
        f"CASE WHEN t.sign IN {SAFE} THEN 'safety' ELSE erasure_category(t.domain) END = $3",
        (
            "text", "quote", "since", "who_helps", "tried", "wanted", "urgency", "sign", "talk_by", "talked_on", "track_id",
            "heard_at", "intake_id",
        ),
    ),
    Rule("casework_strength", E, S.HEARD, of("strengths")),
    Rule("casework_supportperson", E, S.HEARD, of("network")),
    Rule("casework_conversation", E, S.HEARD, of("story")),
    Rule("casework_answer", E, S.HEARD, "t.category = $3"),
    Rule("casework_check", E, S.HEARD, of("story")),
    Rule(
        "casework_shortcontact", E, S.HEARD, "CASE WHEN t.domain = '' THEN 'story' ELSE erasure_category(t.domain) END = $3",
    ),
    Rule(
        "casework_earlysign", M, S.HEARD, of("story"),
        ("about", "place", "seen", "told_by", "amount", "signal_on", "threat", "intake_id", "noted_at"),
    ),
    Rule(
        "casework_signattempt", M, S.HEARD, of("story"), ("text",),
        "t.sign_id IN (SELECT s.id FROM casework_earlysign s WHERE s.case_id = $1)",
    ),
    # Contact -----------------------------------------------------------------------------------------------------------
    Rule("casework_contactmoment", E, S.CONTACT, of("story")),
    Rule("casework_meeting", E, S.CONTACT, of("contact")),
    Rule("casework_followup", E, S.CONTACT, of("contact")),
    # Plan --------------------------------------------------------------------------------------------------------------
    Rule("casework_goal", E, S.PLAN, "erasure_category(t.domain) = $3"),
    Rule("casework_planstep", E, S.PLAN, "erasure_category(t.domain) = $3"),
    Rule("casework_reading", K, S.PLAN, why="a life domain and a number of five, so that trends stay"),
    # When is brought back to its year by the function itself, in the same order.
    Rule("casework_review", K, S.PLAN, why="which moment it was, and in which year"),
    # Money, papers -----------------------------------------------------------------------------------------------------
    Rule("casework_incomeline", E, S.MONEY, of("finances")),
    Rule("casework_costline", E, S.MONEY, of("finances")),
    Rule("casework_debt", E, S.MONEY, of("finances")),
    Rule("casework_document", E, S.PAPERS, "t.category = $3"),
    # What tells of more than one category goes with the first of them.
    Rule("casework_letter", E, S.PAPERS, "$3 = ANY (t.categories)"),
    Rule("casework_casesummary", E, S.PAPERS, "$3 = ANY (t.categories)"),
    Rule("casework_copycheck", E, S.PAPERS),
    # Requests ----------------------------------------------------------------------------------------------------------
    # That a desk was asked, and how fast it answered, stays as numbers; nobody opens it any more.
    Rule(
        "backoffice_specialistrequest", M, S.REQUESTS, OF_DESK,
        ("title", "question", "answer", "next_step", "outcome_note", "subjects"),
    ),
    Rule("backoffice_requestitem", E, S.REQUESTS, f"(t.category = $3 OR {OF_DESK})"),
    Rule("backoffice_message", E, S.REQUESTS, OF_DESK),
    Rule("backoffice_stall", K, S.REQUESTS, why="clocks: when a desk was late, and of whom it was"),
    *(
        Rule(
            table, E, S.REQUESTS,
            rows="t.content_object_id IN (SELECT r.id FROM backoffice_specialistrequest r WHERE r.case_id = $1)",
        )
        for table in ("backoffice_requestuserpermission", "backoffice_requestgrouppermission")
    ),
    # The sender's own copy goes by a job of its own, some time after it was answered; here it goes along when that was not yet.
    Rule(
        "backoffice_handin", M, S.REQUESTS, "t.category = $3",
        ("reference", "name", "born", "phone", "email", "address", "text", "sent_back_words", "amount", "signal_on", "threat"),
        "t.id IN (SELECT r.hand_in_id FROM backoffice_reception r WHERE r.case_id = $1)",
    ),
    Rule("backoffice_reception", E, S.REQUESTS, "t.category = $3"),
    Rule("backoffice_collectionpause", E, S.REQUESTS, OF_DESK),
    # The table ---------------------------------------------------------------------------------------------------------
    Rule("casework_conferenceitem", E, S.TABLE, "t.category = $3"),
    *(
        Rule(f"casework_{table}", E, S.TABLE)
        for table in ("caseconference", "conferenceparticipant", "agendaitem", "conferencerecord", "conferenceaddition",
                      "conferenceagreement")
    ),
    # Safety ------------------------------------------------------------------------------------------------------------
    Rule("casework_meldcodetrack", E, S.SAFETY, of("safety")),
    Rule("casework_meldcodestep", E, S.SAFETY, of("safety")),
    # Who is kept out stays so for what is left of it: the payments.
    Rule("casework_caseguard", M, S.SAFETY, "", ("reason",)),
    Rule("casework_protection", E, S.SAFETY, rows=OF_PEOPLE),
    Rule("casework_withheld", E, S.SAFETY),
    # How it went -------------------------------------------------------------------------------------------------------
    Rule("casework_involvement", E, S.COURSE),
    Rule("casework_caseending", M, S.COURSE, of("story"), ("changed", "own_words")),
    Rule("casework_looseenddecision", E, S.COURSE, of("story")),
    Rule(
        "casework_ruleexception", E, S.COURSE,
        "CASE WHEN t.kind = 'other_wijk' THEN 'housing' WHEN t.kind = 'other' AND t.domain <> '' THEN erasure_category(t.domain)"
        " ELSE 'participation' END = $3",
    ),
    Rule("casework_handover", M, S.COURSE, of("story"), ("no_meeting_because", "given_back_because")),
    Rule("casework_handovercheck", E, S.COURSE, of("story")),
    Rule("casework_handovernote", E, S.COURSE, of("story")),
    Rule("casework_breakglassword", E, S.COURSE),
    Rule("casework_breakglass", E, S.COURSE),
    # That a right was asked and what was decided stays, by dates and codes.
    Rule("casework_rightsrequest", M, S.COURSE, "", ("text", "representative", "extended_because", "reason")),
    Rule("casework_rightscorrection", E, S.COURSE, "t.category = $3"),
    Rule("casework_copychoice", E, S.COURSE),
    Rule("casework_rightscopy", E, S.COURSE),
    # Money that was paid -----------------------------------------------------------------------------------------------
    # Decision, amount, line and moments stay for the ledger; words, payee and account go when the term of payments has passed.
    Rule(
        "wijkbegroting_maatwerkgrant", M, S.PAYMENT, of("payment"),
        ("purpose", "why_not_regular", "expected_return", "payee_name", "iban", "reason", "payment_reference"), "false",
    ),
    # Elsewhere ---------------------------------------------------------------------------------------------------------
    Rule("casework_case", K, S.COURSE, why="an id that money and counts point at, and in which year it was opened"),
    # The account of what was erased stays, by ids and numbers.
    Rule("casework_erasureline", M, S.COURSE, "", ("because",)),
    Rule("casework_legalhold", M, S.COURSE, "", ("reason",)),
    Rule("convenant_accesslogentry", K, S.COURSE, why="ids: who looked, for its own term"),
    Rule("platform_historyentry", K, S.TRACES, why="ids: who did what; its details are cleared by the function itself"),
    Rule("platform_outboxevent", K, S.TRACES, why="ids; removed by the function itself"),
    Rule("platform_draft", K, S.TRACES, why="removed by the function itself: what someone typed and did not send"),
)  # fmt: skip


def as_operation() -> RunSQL:
    """Put the rules in the database, as a function that nobody can change but a migration."""

    def text(value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    rows = ",\n    ".join(
        f"({text(rule.table)}, {text(rule.part)}, {text(rule.how)}, {text(rule.sort)}, {text(rule.category)},"
        f" '{{{','.join(rule.columns)}}}'::text[], {text(rule.rows)})"
        for rule in RULES
    )
    domains = " ".join(f"WHEN {text(domain)} THEN {text(category)}" for domain, category in CATEGORY_OF.items())
    return RunSQL(
        "CREATE OR REPLACE FUNCTION erasure_category(p_domain text) RETURNS text LANGUAGE sql IMMUTABLE AS"
        f" $$ SELECT CASE p_domain {domains} ELSE {text(WITHOUT_DOMAIN)} END $$;"
        "CREATE OR REPLACE FUNCTION erasure_rules() RETURNS TABLE"
        " (table_name text, part text, how text, sort text, category text, columns text[], rows text)"
        f" LANGUAGE sql IMMUTABLE AS $$ VALUES\n    {rows} $$",
        RunSQL.noop,
    )
