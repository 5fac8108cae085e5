"""What the sheet of a conversation sends while someone types."""

from typing import Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from luisterloket.people.models import User
from luisterloket.platform.exceptions import Refused

from . import actions, presence
from .forms.sheets import ROW, changed_since, household_from, sheet_values
from .models import Intake
from .questions import PREFIX

# A sheet is far smaller; what is bigger is not read.
MOST_BYTES = 2 * 1024 * 1024


class IntakeSheet(APIView):
    """PATCH {revision, values} keeps what is being typed; 409 with the present texts when someone else changed the same.

    GET ?revision= tells who else has the conversation open, and what they changed since then.
    """

    def get_authenticate_header(self, request: Request) -> str:
        """With this a session that ended is answered 401, by which the page knows to ask for a new one."""
        return "Session"

    def get(self, request: Request, pk: UUID) -> Response:
        user = cast(User, request.user)
        intake = get_object_or_404(Intake.objects.visible_to(user).open(), pk=pk)
        since = request.query_params.get("revision", "")
        changed = changed_since(intake, int(since)) if since.isdigit() else {}
        return Response({"revision": intake.revision, "values": changed, "others": presence.seen(intake, user)})

    def patch(self, request: Request, pk: UUID) -> Response:
        user = cast(User, request.user)
        intake = get_object_or_404(Intake.objects.visible_to(user), pk=pk)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return Response({"detail": _("This text is too long to save.")}, status=413)
        revision, sent = _read(request.data)
        if revision is None:
            return Response({"detail": _("This could not be read.")}, status=400)
        values = {
            name: text for name, text in sent.items() if (name in actions.SHEET and name != "household") or name.startswith(PREFIX)
        }
        rows = {name: text for name, text in sent.items() if ROW.match(name)}
        if rows:
            values["household"] = household_from(rows)
        try:
            saved = actions.save_sheet(actor=user, intake=intake, revision=revision, values=values)
        except actions.ChangedMeanwhile as changed:
            return Response({"revision": changed.current.revision, "values": sheet_values(changed.current, sent)}, status=409)
        except Refused as refusal:
            return Response({"detail": " ".join(refusal.messages)}, status=400)
        theirs = {name: text for name, text in changed_since(saved, revision).items() if name not in sent}
        return Response(
            {"revision": saved.revision, "saved_at": timezone.localtime(saved.saved_at).strftime("%H.%M"), "values": theirs}
        )


def _read(data: Any) -> tuple[int | None, dict[str, str]]:
    """The revision and the texts; no revision when this is not what a sheet sends."""
    if not isinstance(data, dict):
        return None, {}
    revision, values = data.get("revision"), data.get("values")
    if type(revision) is not int or not isinstance(values, dict) or not all(isinstance(text, str) for text in values.values()):
        return None, {}
    return revision, values
