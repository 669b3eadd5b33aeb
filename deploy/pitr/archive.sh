#!/bin/sh
# archive_command of PostgreSQL: "archive.sh %p %f". Fails rather than overwrite another segment of the same name;
# PostgreSQL keeps the segment and tries again. WAL_ARCHIVE: the folder, better on another machine.
set -eu
place="${WAL_ARCHIVE:-/wal}"
if [ -e "$place/$2" ]; then
    cmp -s "$1" "$place/$2"
    exit
fi
cp "$1" "$place/.$2.part"
sync "$place/.$2.part"
mv "$place/.$2.part" "$place/$2"
