"""Logs hold ids and never names: one JSON object a line on standard output."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_trace: ContextVar[str] = ContextVar("trace", default="")


def trace_id() -> str:
    return _trace.get()


@contextmanager
def tracing(trace: str) -> Iterator[None]:
    token = _trace.set(trace)
    try:
        yield
    finally:
        _trace.reset(token)


class NoPersonalData(logging.Filter):
    """Drops what could carry personal data: the values of a failed statement and the local variables of a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = []
            traceback = error.__traceback__
            while traceback:
                frames.append(f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}")
                traceback = traceback.tb_next
            record.failure = {"kind": type(error).__name__, "at": frames[-6:]}
            record.exc_info = None
            record.exc_text = None
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "trace": _trace.get(),
        }
        if hasattr(record, "failure"):
            line["failure"] = record.failure
        return json.dumps(line, ensure_ascii=False)
