"""How often one token may ask: so many times in a minute, counted where all processes see it."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW_SECONDS = 60


class TokenThrottle(BaseThrottle):
    """A window of a minute. What is left of it is told with every answer, in the headers of the IETF's draft on rate limits."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.auth is None:
            return True
        now = time.time()
        window = int(now // WINDOW_SECONDS)
        key = f"api-rate:{request.auth.pk}:{window}"
        cache.add(key, 0, WINDOW_SECONDS * 2)
        try:
            used = cache.incr(key)
        except ValueError:
            # It was cleared in between.
            used = 1
        self.ends_in = WINDOW_SECONDS - now % WINDOW_SECONDS
        view.rate = (settings.API_RATE, max(settings.API_RATE - used, 0), int(self.ends_in) + 1)
        return used <= settings.API_RATE

    def wait(self) -> float:
        return self.ends_in + 1
