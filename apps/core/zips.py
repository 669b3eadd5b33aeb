"""What zip files that someone sends have in common (pure)."""

import zipfile
import zlib

# The two ways that every program writes; the others (bzip2, LZMA) only swell.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises of a damaged, cut or encrypted archive, or of one that it does not know how to read.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
