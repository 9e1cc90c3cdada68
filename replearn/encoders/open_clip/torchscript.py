"""The weights of a TorchScript archive, read without running any of its code.

OpenAI published its models so: `data.pkl` holds the modules as objects with their tensors, `code/`
the programs, which aren't needed here.
"""

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

STORAGES = ("Float", "Half", "BFloat16", "Double", "Long", "Int", "Short", "Char", "Byte", "Bool")


class _Module:
    """A module of the archive, whatever its class was: its attributes and nothing else."""

    def __setstate__(self, attributes: Any) -> None:
        self.__dict__.update(attributes if isinstance(attributes, dict) else {})


class _Reader(pickle.Unpickler):
    """Knows modules, tensors and their containers; anything else is refused."""

    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(archive.open(f"{root}/data.pkl"))
        self._archive = archive
        self._root = root

    def find_class(self, module: str, name: str) -> Any:
        from torch._utils import _rebuild_tensor_v2

        if module.startswith("__torch__"):
            return _Module
        if module == "torch.jit._pickle":
            return _as_it_is
        known: dict[str, Callable[..., Any]] = {
            "torch._utils._rebuild_tensor_v2": _rebuild_tensor_v2,
            "collections.OrderedDict": OrderedDict,
            **{f"torch.{kind}Storage": lambda kind=kind: kind for kind in STORAGES},
        }
        if f"{module}.{name}" not in known:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return known[f"{module}.{name}"]

    def persistent_load(self, pid: Any) -> Any:
        import torch

        _, kind, key, _, numbers = pid
        dtype = torch.empty(0, dtype=_dtype(kind())).dtype
        raw = bytearray(self._archive.read(f"{self._root}/data/{key}"))
        values = torch.frombuffer(raw, dtype=dtype) if raw else torch.empty(0, dtype=dtype)
        if values.numel() < numbers:
            raise ValueError("the archive is cut off")
        return torch.storage.TypedStorage(  # type: ignore[no-untyped-call]
            wrap_storage=values.untyped_storage(), dtype=dtype, _internal=True
        )


def _dtype(kind: str) -> Any:
    import torch

    names = {"Half": "float16", "BFloat16": "bfloat16", "Char": "int8", "Byte": "uint8"}
    return getattr(torch, names.get(kind, kind.lower()))


def _as_it_is(*arguments: Any) -> Any:
    return arguments[0] if arguments else None


def is_torchscript(path: Path) -> bool:
    """Say whether a zip file is a TorchScript archive rather than one of torch.save."""
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith("/constants.pkl") for name in archive.namelist())


def torchscript_weights(path: Path) -> "dict[str, Tensor]":
    """Return the tensors of an archive by their names.

    Raises:
        ValueError: the archive is damaged.
        UnpicklingError: it holds something else than modules and tensors.
    """
    with zipfile.ZipFile(path) as archive:
        root = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        module = _Reader(archive, root.removesuffix("/data.pkl")).load()
    return dict(_tensors(module, ""))


def _tensors(module: Any, before: str) -> "Iterator[tuple[str, Tensor]]":
    import torch

    for name, value in vars(module).items():
        if isinstance(value, torch.Tensor):
            yield f"{before}{name}", value
        elif isinstance(value, _Module):
            yield from _tensors(value, f"{before}{name}.")
