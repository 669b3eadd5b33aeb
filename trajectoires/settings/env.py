"""Where every setting of the environment is read; ``.env.example`` explains each."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
