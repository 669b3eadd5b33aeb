"""The key that signs Open Badges: PEM, RSA of 2048 bits at least. Public keys of before stay published."""

import os
from pathlib import Path

from trajectoires.settings.env import env

# « \n » of one line stand for ends of lines: that is how a PEM fits in an environment file.
BADGE_SIGNING_KEY = env.str("BADGE_SIGNING_KEY", default="", multiline=True)
# PEM of public keys, one after the other: badges signed before a change of key stay verifiable.
BADGE_OLD_PUBLIC_KEYS = env.str("BADGE_OLD_PUBLIC_KEYS", default="", multiline=True)


def new_key() -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def kept_key(path: Path) -> str:
    """The key of this folder, made the first time; processes that start together end with the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(new_key())
        try:
            os.link(draft, path)  # unlike a rename, refuses when another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
