#!/bin/sh
# "settings.sh NAME CONTACT [systemd]": .env.example with the name of the site, the address to write to and secrets drawn
# here, to the standard output. What it leaves empty is for the operator: EMAIL_URL first, then who publishes the site.
set -eu
example=$(dirname "$0")/../.env.example
badges=$(openssl genrsa 3072 2>/dev/null | awk '{printf "%s\\\\n", $0}')
if [ "${3:-}" = systemd ]; then
    # By the socket, as the account of the services: there is no password. systemd does not expand ${…}.
    places='s#^DATABASE_URL=.*#DATABASE_URL=postgres://trajectoires@:5432//var/run/postgresql/trajectoires#
        s#^REDIS_URL=.*#REDIS_URL=redis://127.0.0.1:6379/0#
        s#^MEDIA_ROOT=.*#MEDIA_ROOT=/var/lib/trajectoires/media#
        s#^STATIC_ROOT=.*#STATIC_ROOT=/opt/trajectoires/current/static-files#'
else
    places="s#^POSTGRES_PASSWORD=.*#POSTGRES_PASSWORD=$(openssl rand -hex 24)#"
fi
sed -e "s#^SECRET_KEY=.*#SECRET_KEY=$(openssl rand -hex 48)#" \
    -e "s#^METRICS_TOKEN=.*#METRICS_TOKEN=$(openssl rand -hex 24)#" \
    -e "s#^BADGE_SIGNING_KEY=.*#BADGE_SIGNING_KEY='$badges'#" \
    -e "s#contact@trajectoires\.example#$2#" \
    -e "s#trajectoires\.example#$1#" \
    -e "$places" "$example"
