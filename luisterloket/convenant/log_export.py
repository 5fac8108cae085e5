"""Both logs in the form of their standards: LDV as OTLP in JSON, and the access log under the names of NEN 7513.

The names of NEN 7513 are those of the draft mapping of LDV and of RFC 3881, on which the norm builds; see docs/privacy.md.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.models import Organisation, User
from luisterloket.platform.exceptions import Refused

from .access_log import subject_hash
from .log_search import within
from .models import AccessLogEntry, ProcessingLogEntry

# So many lines are made in one go for a page; the command takes any number.
AT_MOST = 50_000
FORMS = [
    ("ldv", gettext_lazy("Processing log, as LDV asks (OTLP in JSON): no user, one line for each resident")),
    ("nen7513", gettext_lazy("Access log, with the names of NEN 7513 (JSON)")),
    ("nen7513-csv", gettext_lazy("Access log, with the names of NEN 7513 (table, CSV)")),
]
OTLP_STATUS = {ProcessingLogEntry.Status.UNSET: 0, ProcessingLogEntry.Status.OK: 1, ProcessingLogEntry.Status.ERROR: 2}
# RFC 3881: it worked; it did not, and nothing was harmed.
OUTCOME = {AccessLogEntry.Result.GIVEN: 0, AccessLogEntry.Result.NOTHING: 0, AccessLogEntry.Result.DENIED: 4}
READ, BY_ADDRESS, A_PERSON = "R", 2, 1


@dataclass(frozen=True)
class Export:
    """A file: what it is called, its type and what is in it."""

    name: str
    content_type: str
    content: str


def export(form: str, since: date, until: date, *, at_most: int | None = AT_MOST) -> Export:
    """One log of these days. Raises `Refused` when that is more than a page can make in one go."""
    model, make, suffix, content_type = _KINDS[form]
    found = within(model._default_manager.all(), since, until).order_by("at", "pk")
    if at_most is not None and found[at_most : at_most + 1].exists():
        raise Refused(
            _("That is more than fits in one file here. Choose fewer days, or use manage.py export_access_log."), code="many"
        )
    name = f"{'verwerkingslog' if form == 'ldv' else 'inzagelog'}-{since:%Y%m%d}-{until:%Y%m%d}.{suffix}"
    return Export(name, content_type, make(found.iterator(chunk_size=2_000)))


def as_otlp(lines: Iterable[ProcessingLogEntry]) -> str:
    spans = [_span(one) for one in lines]
    resource = {"attributes": [_attribute("service.name", settings.SITE_NAME), _attribute("service.namespace", settings.BASE_URL)]}
    scope = {"scope": {"name": "logboek-dataverwerkingen"}, "spans": spans}
    return json.dumps({"resourceSpans": [{"resource": resource, "scopeSpans": [scope]}]}, ensure_ascii=False)


def _span(line: ProcessingLogEntry) -> dict[str, Any]:
    return {
        "traceId": line.trace_id,
        "spanId": line.span_id,
        "parentSpanId": line.parent_span_id,
        "name": line.name,
        "kind": 1,
        # OTLP counts in billionths, and writes large numbers as text.
        "startTimeUnixNano": str(line.start_ms * 1_000_000),
        "endTimeUnixNano": str(line.end_ms * 1_000_000),
        "status": {"code": OTLP_STATUS[ProcessingLogEntry.Status(line.status)]},
        "attributes": [
            _attribute("dpl.core.processing_activity_id", line.processing_activity_id),
            _attribute("dpl.core.data_subject_id", line.data_subject_id),
            _attribute("dpl.core.data_subject_id_type", line.data_subject_id_type),
        ],
    }


def _attribute(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": value}}


def as_nen7513(entries: Iterable[AccessLogEntry]) -> list[dict[str, Any]]:
    """One event for each entry; the residents are named by the hash of the processing log."""
    people = dict(User.objects.values_list("pk", "name"))
    organisations = dict(Organisation.objects.values_list("pk", "name"))
    return [
        {
            "EventID": one.what,
            "EventActionCode": READ,
            "EventDateTime": one.at.isoformat(),
            "EventOutcomeIndicator": OUTCOME[AccessLogEntry.Result(one.result)],
            "UserID": str(one.actor_id),
            "UserName": people.get(one.actor_id, ""),
            "RoleIDCode": one.role,
            "ResponsibleOrganisation": organisations.get(one.organisation_id, "") if one.organisation_id else "",
            "PurposeOfUse": one.purpose,
            "NetworkAccessPointTypeCode": BY_ADDRESS,
            "NetworkAccessPointID": one.address,
            "ParticipantObjectTypeCode": A_PERSON,
            "ParticipantObjectID": [subject_hash(subject) for subject in one.subjects],
            "ParticipantObjectSensitivity": one.categories,
            "AuthorisationProtocol": str(one.convenant_version_id or ""),
            "AuthorisationGround": f"{one.ground_kind}:{one.ground_id or ''}",
            "EmergencyAccess": one.break_glass,
            "AuditSourceID": settings.BASE_URL,
            "TraceID": one.trace_id,
        }
        for one in entries
    ]


def _json(entries: Iterable[AccessLogEntry]) -> str:
    return json.dumps(as_nen7513(entries), ensure_ascii=False)


def _csv(entries: Iterable[AccessLogEntry]) -> str:
    rows = as_nen7513(entries)
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    if rows:
        table.writerow(rows[0])
        table.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    # A spreadsheet must not take a name for a formula.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


_KINDS: dict[str, tuple[Any, Callable[[Any], str], str, str]] = {
    "ldv": (ProcessingLogEntry, as_otlp, "json", "application/json"),
    "nen7513": (AccessLogEntry, _json, "json", "application/json"),
    "nen7513-csv": (AccessLogEntry, _csv, "csv", "text/csv; charset=utf-8"),
}
