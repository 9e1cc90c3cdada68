"""What libraries raise where a file is cut off, damaged, or of another kind than its name says."""

import tokenize
import zipfile
import zlib

# arrays of NumPy, JSON, Parquet and CSV alike: which of them a file raises depends on its bytes
DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    tokenize.TokenError,  # NumPy reads the head of an array as Python
    zipfile.BadZipFile,
    zlib.error,
)
