"""Is a process still there?"""

import os


def is_alive(pid: int) -> bool:
    """Say whether a process of this number exists; on Windows, where asking would end it, False."""
    if os.name == "nt" or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
