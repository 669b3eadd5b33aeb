"""One folder a backup: the database and the files of one moment, encrypted, with what proves that they came back whole.

``manifeste.json`` is readable (counts, hashes, versions; nothing of anybody); ``base.dump.age`` is a ``pg_dump`` in custom
format and ``fichiers.tar.age`` a tar, both encrypted with age (https://age-encryption.org): the ``age`` program opens them
without us.
"""
