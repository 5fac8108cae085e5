# The packages and everything that is compiled are made in a stage that stays behind; what runs has no compiler and no pip cache.
FROM python:3.11-slim AS made

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
COPY . .
RUN python -m runner.translations && python -m runner.throwaway collectstatic --noinput

FROM python:3.11-slim

ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LUISTERLOKET_ENV=production \
    LUISTERLOKET_VAR=/var/lib/luisterloket \
    DOCUMENTS_DIR=/srv/documents
# pango draws the summary as PDF.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent luisterloket \
 && install -d -o luisterloket -m 0700 /var/lib/luisterloket /srv/documents
WORKDIR /app
# Owned by root: the site cannot change its own code.
COPY --from=made /app /app
USER luisterloket
EXPOSE 8000
CMD ["gunicorn", "luisterloket.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
