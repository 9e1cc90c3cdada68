"""Reading a checkpoint file: its tensors by name, or one sentence that says what the file is."""

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.errors import ModelError
from replearn.encoders.open_clip.token_rows import with_whole_table
from replearn.encoders.open_clip.torchscript import is_torchscript, torchscript_weights

if TYPE_CHECKING:
    from torch import Tensor

    Weights = dict[str, Tensor]

GIVE = "give a .safetensors, .pt or .bin file with the weights of an OpenCLIP model"
# how files begin that people take for weights
_KINDS = {
    b"version https://git-lfs": "a pointer of Git LFS; fetch the file itself (git lfs pull)",
    b"<": f"a web page rather than weights; {GIVE}",
    b"{": f"text in JSON; {GIVE}",
    b"GGUF": f"a GGUF file; {GIVE}",
    b"\x89HDF": f"an HDF5 file of Keras; {GIVE}",
    b"\x1f\x8b": "packed with gzip; unpack it first",
    b"\x89PNG": f"a picture; {GIVE}",
    b"\xff\xd8": f"a picture; {GIVE}",
}
# what torch, pickle, zip and safetensors raise for a file that is damaged
_DAMAGED = (
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    StopIteration,
    zipfile.BadZipFile,
    NotImplementedError,
)


def weights_of(path: Path) -> "Weights":
    """Return the tensors of a checkpoint by name, on the CPU; no code in the file is run.

    A token embedding of which the file holds some rows alone (`token_rows`) is made whole.

    Raises:
        ModelError: the file is something else, damaged, or holds more than tensors.
    """
    from safetensors import SafetensorError

    try:
        return with_whole_table(_plain(_read(path), path))
    except ModelError:
        raise
    except pickle.UnpicklingError as error:
        raise ModelError(
            f"{path.name} holds Python objects besides its weights, which could run code when it "
            "is opened; save its state_dict alone, best as .safetensors."
        ) from error
    except (SafetensorError, *_DAMAGED) as error:
        raise ModelError(f"{path.name} is damaged or was cut off; fetch the file again.") from error


def is_openai_archive(path: Path) -> bool:
    """Say whether a file is a TorchScript archive, as OpenAI published its models."""
    try:
        return zipfile.is_zipfile(path) and is_torchscript(path)
    except (OSError, zipfile.BadZipFile):
        return False


def _read(path: Path) -> Any:
    with path.open("rb") as file:
        head = file.read(64)
    if _is_safetensors(head, path):
        from safetensors.torch import load_file

        return load_file(path)
    if head.startswith(b"PK"):
        if is_torchscript(path):
            return torchscript_weights(path)
        return _torch_load(path)
    if head.startswith(b"\x80") and head[1:2] in b"\x02\x03\x04\x05":
        return _torch_load(path)
    raise ModelError(f"{path.name} isn't a checkpoint: it is {_what(head)}.")


def _torch_load(path: Path) -> Any:
    import torch

    return torch.load(path, map_location="cpu", weights_only=True)


def _is_safetensors(head: bytes, path: Path) -> bool:
    if path.suffix == ".safetensors" and not any(head.startswith(one) for one in _KINDS):
        return True
    return head[8:9] == b"{" and int.from_bytes(head[:8], "little") < path.stat().st_size


def _what(head: bytes) -> str:
    if not head:
        return "empty; fetch the file again"
    for begin, said in _KINDS.items():
        if head.startswith(begin):
            return said
    text = all(byte >= 32 or byte in b"\t\n\r" for byte in head)
    return f"text; {GIVE}" if text else f"of a kind that isn't known here; {GIVE}"


def _plain(found: Any, path: Path) -> "Weights":
    """Return the state_dict of what was read, without what training put around it."""
    import torch

    for key in ("state_dict", "model", "module"):
        if isinstance(found, Mapping) and isinstance(found.get(key), Mapping):
            found = found[key]
    tensors = {
        str(name): value
        for name, value in (found.items() if isinstance(found, Mapping) else ())
        if isinstance(value, torch.Tensor)
    }
    if not tensors:
        raise ModelError(f"{path.name} holds no weights by name; {GIVE}.")
    if all(name.startswith("module.") for name in tensors):
        tensors = {name.removeprefix("module."): value for name, value in tensors.items()}
    # OpenAI's own numbers, and what a traced network keeps beside its weights
    beside = ("input_resolution", "context_length", "vocab_size", "attn_mask")
    return {name: v for name, v in tensors.items() if name.rpartition(".")[2] not in beside}
