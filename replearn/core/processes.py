"""Is a process still there, and does it let others go first?"""

import contextlib
import importlib
import os
import subprocess
from collections.abc import Sequence
from typing import Any

_POLITE = 10  # of 19: about a tenth of the time of one that others wait for
_ASK, _STILL_ACTIVE, _DENIED = 0x1000, 259, 5  # Windows' own numbers


def behind_others(command: Sequence[str], **how: Any) -> "subprocess.Popen[bytes]":
    """Start a process that takes the time that others leave.

    Args:
        command: the program and its arguments.
        how: further arguments of `subprocess.Popen`.
    """
    lower = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # on Windows alone
    process = subprocess.Popen(command, creationflags=lower, **how)
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, _POLITE)
    return process


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
