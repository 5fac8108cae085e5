"""What every view of the API does: let in who may, act as them down to the database, and answer in the same shape."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, ClassVar, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.utils import translation
from django.utils.decorators import method_decorator
from rest_framework.exceptions import MethodNotAllowed, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from luisterloket.connections.actions import note_use
from luisterloket.connections.models import ApiToken
from luisterloket.people.models import User
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused

from .authentication import TokenAuthentication
from .problems import InvalidInput, error, flattened, handle
from .throttling import TokenThrottle

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 255


@method_decorator(login_not_required, name="dispatch")
class ApiView(APIView):
    """A resource. `scopes` names, for each method, what a token must be good for; a method without one is for nobody."""

    authentication_classes = (TokenAuthentication,)
    throttle_classes = (TokenThrottle,)
    scopes: ClassVar[Mapping[str, str]] = {}
    # No answer to OPTIONS: the description tells what there is, and no page of another site asks here.
    metadata_class = None
    http_method_names = ["get", "post", "head"]
    rate: tuple[int, int, int] | None = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self.while_asked, translation.override("nl"):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks acts from here on; what they may not ask at all is refused before anything is looked up."""
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(str(request.method))
        self.while_asked.enter_context(acting(self.system.acting))
        if self.scopes["GET" if request.method == "HEAD" else str(request.method)] not in self.token.scopes:
            raise PermissionDenied
        note_use(actor=self.system, token=self.token)

    @property
    def system(self) -> User:
        """The account of the system that asks."""
        return cast(User, self.request.user)

    @property
    def token(self) -> ApiToken:
        return cast(ApiToken, self.request.auth)

    def get_exception_handler(self) -> Any:
        return handle

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.rate:
            most, left, seconds = self.rate
            response["RateLimit-Limit"], response["RateLimit-Remaining"], response["RateLimit-Reset"] = most, left, seconds
        return response

    def sent(self, serializer: type[Serializer]) -> dict[str, Any]:
        """What was sent, when all of it is right and the key that makes it happen once is there; else all that is wrong."""
        form = serializer(data=self.request.data)
        problems = [] if form.is_valid() else flattened(form.errors, "body")
        if not 0 < len(self.request.headers.get(KEY_HEADER, "")) <= LONGEST_KEY:
            told = f"Stuur een eigen sleutel van 1 tot en met {LONGEST_KEY} tekens mee, zoals een UUID; bij herhalen dezelfde."
            problems.append(error("header", KEY_HEADER, "required", told))
        if problems:
            raise InvalidInput(problems)
        found: dict[str, Any] = form.validated_data
        return found

    def asked(self, serializer: type[Serializer]) -> dict[str, Any]:
        """What stands in the address behind the question mark."""
        form = serializer(data=self.request.query_params.dict())
        if not form.is_valid():
            raise InvalidInput(flattened(form.errors, "query"))
        found: dict[str, Any] = form.validated_data
        return found

    @property
    def command_key(self) -> UUID:
        """The system's own key, made one of its own: no two systems meet on it, whatever they choose."""
        return uuid5(NAMESPACE_URL, f"{self.token.connection_id}:{self.request.headers[KEY_HEADER]}")

    def carry_out(self, action: Any, properties: Mapping[str, str], **details: Any) -> Any:
        """Do it as who asks, and once for this key. `properties` says what the action's fields are called in what was sent."""
        try:
            return action(actor=self.system, command_key=self.command_key, **details)
        except Refused as refusal:
            refusal.property = properties.get(getattr(refusal, "field", ""), "")  # type: ignore[attr-defined]
            raise

    def answer(self, serializer: type[Serializer], found: Any, status: int = 200) -> Response:
        return Response(serializer(found).data, status=status)
