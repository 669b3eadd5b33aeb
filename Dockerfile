# syntax=docker/dockerfile:1
# Deux images : « app » (web, travailleur, beat) et « proxy » (TLS devant web). Voir docs/exploitation.md.

FROM python:3.13-slim-trixie AS packages
WORKDIR /build
COPY requirements.lock deploy/runtime_lock.py deploy/slim.py ./
# Hashes of the lock, wheels only: nothing is compiled, nothing unknown is run. What no process reads is left out.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils \
 && rm -rf /var/lib/apt/lists/*
RUN python runtime_lock.py requirements.lock > runtime.lock \
 && python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-compile \
      --require-hashes --no-deps --only-binary :all: -r runtime.lock \
 && /venv/bin/pip uninstall --yes --quiet --disable-pip-version-check pip \
 && python slim.py /venv \
 && find /venv -type f -name '*.so*' -exec strip --strip-unneeded {} +

# The programs of « backup » and « restore », of the major version of the server of docker-compose.yml: taken out of their
# package, which wants all of Perl (docs/decisions/0029).
FROM python:3.13-slim-trixie AS client
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/*

FROM python:3.13-slim-trixie AS app
# The libraries of the PDF, those that README.md and trajectoires/embedded/system.py name; then that of PostgreSQL's
# programs.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && apt-get install -y --no-install-recommends libpq5 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 trajectoires \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin trajectoires \
 && install --directory --owner=trajectoires --group=trajectoires --mode=0700 /data/media /data/beat
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=trajectoires.settings.production \
    MEDIA_ROOT=/data/media \
    STATIC_ROOT=/app/static-files
WORKDIR /app
COPY --from=client /usr/lib/postgresql/17/bin/pg_dump /usr/lib/postgresql/17/bin/pg_restore /usr/local/bin/
RUN pg_dump --version && pg_restore --version
COPY --from=packages /venv /venv
COPY manage.py ./
COPY deploy/gunicorn.conf.py deploy/prepare.sh deploy/warm.py ./deploy/
COPY static ./static
COPY fixtures ./fixtures
COPY templates ./templates
COPY trajectoires ./trajectoires
COPY apps ./apps
# Values that serve this step alone: no server is asked, none of them stays in the image. Python keeps the bytecode of
# what is imported on the way: of the libraries, what the platform uses, and no more.
RUN export SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgres://build \
    REDIS_URL=redis://build EMAIL_URL=dummymail:// BADGE_SIGNING_KEY=build PYTHONDONTWRITEBYTECODE= \
 && python manage.py collectstatic --noinput --verbosity 0 \
 && python -m deploy.warm \
 && python -m compileall -q apps trajectoires manage.py
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "trajectoires.wsgi:application"]

FROM caddy:2.11-alpine AS proxy
# The copy has no file capability: it starts with none at all. /state keeps certificates for the account below.
RUN cp /usr/bin/caddy /usr/local/bin/caddy \
 && install -d -o 10001 -g 10001 -m 0700 /state
ENV XDG_DATA_HOME=/state XDG_CONFIG_HOME=/tmp
COPY deploy/proxy/Caddyfile /etc/caddy/Caddyfile
COPY deploy/proxy/indisponible.html deploy/proxy/trop-lourd.html /srv/
USER 10001:10001
EXPOSE 80 443
CMD ["/usr/local/bin/caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
