"""``python -m tests.faults.campaign``: one fault after the other, then two at a time, while people save, ask and register.

What was acknowledged is compared with what the database, the files and the mail server hold in the end; the table goes to
``docs/fiabilite.md``.
"""
