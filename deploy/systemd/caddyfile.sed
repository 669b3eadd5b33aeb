# The Caddyfile of deploy/proxy, on a machine without containers.
s#web:8000#127.0.0.1:8000#
s#/srv#/opt/trajectoires/current/app/deploy/proxy#
