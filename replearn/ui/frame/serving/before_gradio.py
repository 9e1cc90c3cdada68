"""What must be so before gradio is imported: no telemetry, and a temporary folder of our own."""

import atexit
import os
import shutil
import tempfile

from replearn.core.errors import InputError


def before_gradio() -> None:
    """Set what gradio reads when it is first imported.

    Raises:
        InputError: nothing can be written to the temporary folder.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    if not os.environ.get("GRADIO_TEMP_DIR"):
        # gradio's own default folder is shared by every Gradio app of the machine
        os.environ["GRADIO_TEMP_DIR"] = _own_folder()


def _own_folder() -> str:
    """Make a folder for what is brought and shown, and take it away when the process ends."""
    try:
        folder = tempfile.mkdtemp(prefix="replearn-")
    except OSError as error:
        raise InputError(
            f"The temporary folder can't be written to ({error.strerror}); set TMPDIR to another."
        ) from error
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
