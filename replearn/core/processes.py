"""Is a process still there?"""

import importlib
import os

_ASK, _STILL_ACTIVE, _DENIED = 0x1000, 259, 5  # Windows' own numbers


def is_alive(pid: int) -> bool:
    """Say whether a process of this number exists."""
    if pid <= 0:
        return False
    if os.name == "nt":  # where asking by a signal would end it
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_alive_on_windows(pid: int) -> bool:
    types = importlib.import_module("ctypes")  # its `windll` is there only
    kernel = types.windll.kernel32
    process = kernel.OpenProcess(_ASK, False, pid)
    if not process:
        return bool(kernel.GetLastError() == _DENIED)
    code = types.c_ulong()
    kernel.GetExitCodeProcess(process, types.byref(code))
    kernel.CloseHandle(process)
    return bool(code.value == _STILL_ACTIVE)
