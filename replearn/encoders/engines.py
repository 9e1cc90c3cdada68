"""Engines that run a network forward, chosen once at start.

`REPLEARN_ENGINE` is `auto` (CUDA or MPS where present, else OpenVINO on the CPU, else torch),
`openvino`, `torch` or `cuda`/`mps`. `REPLEARN_PRECISION` is `float32` (the default: the same
answers as torch) or `bfloat16` (faster on hardware that has it, probabilities differ by up
to 0.02).
"""

import contextlib
import functools
import importlib.util
import logging
import os
import sys
import threading
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.quiet import quiet
from replearn.core.settings import from_environment, writable_folder

if TYPE_CHECKING:
    from torch import nn

Array = npt.NDArray[Any]
Runner = Callable[[Array], npt.NDArray[np.float32]]
log = logging.getLogger(__name__)
_tracing = threading.Lock()  # torch traces one network at a time: two at once mix their names


class Engine(ABC):
    """Turns a torch module with one tensor in and one out into a numpy function."""

    name: str

    @abstractmethod
    def compile(
        self, build: Callable[[], "nn.Module"], example: Array, free_axes: frozenset[int], key: str
    ) -> Runner:
        """Return a function that runs the module forward.

        Args:
            build: makes the module; not called where a compiled form is already on disk.
            example: an input of two rows.
            free_axes: the axes of the input whose length may vary from call to call.
            key: names the weights; the compiled form is cached on disk under it.
        """


class TorchEngine(Engine):
    """Eager torch on any device, pictures in channels_last."""

    def __init__(self, device: str, precision: str) -> None:
        self.device = device
        self.precision = precision
        self.name = f"torch {device}"

    def compile(
        self,
        build: Callable[[], "nn.Module"],
        example: Array,
        free_axes: frozenset[int],  # noqa: ARG002
        key: str,  # noqa: ARG002
    ) -> Runner:
        """Move the module to the device; nothing is written to disk."""
        import torch

        module = build().to(self.device)
        picture = example.ndim == 4
        if picture:
            module = module.to(memory_format=torch.channels_last)
        reduced = self.precision == "bfloat16"
        device_type = torch.device(self.device).type

        def run(inputs: Array) -> npt.NDArray[np.float32]:
            tensor = torch.from_numpy(inputs).to(self.device)
            if picture:
                tensor = tensor.contiguous(memory_format=torch.channels_last)
            with torch.inference_mode(), torch.autocast(device_type, torch.bfloat16, reduced):
                found: npt.NDArray[np.float32] = module(tensor).float().cpu().numpy()
            return found

        return run


class OpenVinoEngine(Engine):
    """OpenVINO on the CPU: several times eager torch there, with the same answers in float32."""

    def __init__(self, folder: Path | None, precision: str, threads: int | None = None) -> None:
        self.folder = folder
        hint = "bf16" if precision == "bfloat16" else "f32"
        self.options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": hint}
        if threads is not None:
            self.options["INFERENCE_NUM_THREADS"] = str(threads)
        self.fallback = TorchEngine("cpu", precision)
        self.name = "OpenVINO cpu"

    def compile(
        self, build: Callable[[], "nn.Module"], example: Array, free_axes: frozenset[int], key: str
    ) -> Runner:
        """Convert once, keep the converted network in the cache folder, and load it from there."""
        try:
            openvino = _openvino()
            core = openvino.Core()
        except (ImportError, OSError, RuntimeError) as error:  # a library of it doesn't load
            log.warning("OpenVINO can't be used (%s); torch runs the network instead.", error)
            return self.fallback.compile(build, example, free_axes, key)
        version = openvino.__version__.split("-")[0]
        path = self.folder / f"{key}-{version}.xml" if self.folder else None
        if path and path.exists():
            try:
                return self._runner(core.compile_model(str(path), "CPU", self.options))
            except (RuntimeError, ValueError) as error:
                log.warning("The cached network %s can't be read; made anew.", path)
                log.debug("%s", error)  # it has many lines
        module = build()
        try:
            network = self._convert(module, example, free_axes)
            compiled = core.compile_model(network, "CPU", self.options)
        except Exception as error:  # OpenVINO raises many types for operations it lacks
            log.warning("OpenVINO can't run this network (%s); torch runs it instead.", error)
            return self.fallback.compile(lambda: module, example, free_axes, key)
        if path:
            self._save(network, path)
        return self._runner(compiled)

    @staticmethod
    def _convert(module: "nn.Module", example: Array, free_axes: frozenset[int]) -> Any:
        shape = [-1 if axis in free_axes else size for axis, size in enumerate(example.shape)]
        with _tracing:
            return OpenVinoEngine._traced(module, example, shape)

    @staticmethod
    def _traced(module: "nn.Module", example: Array, shape: list[int]) -> Any:
        import torch

        openvino = _openvino()
        fused = torch.backends.mha.get_fastpath_enabled()
        torch.backends.mha.set_fastpath_enabled(False)  # one fused operator that can't be traced
        try:
            with quiet(), warnings.catch_warnings(), torch.inference_mode():
                warnings.simplefilter("ignore")  # tracing warns of shapes constant by intent
                return openvino.convert_model(
                    module.eval(),
                    example_input=torch.from_numpy(example),
                    input=[(openvino.PartialShape(shape), openvino.Type(example.dtype))],
                )
        finally:
            torch.backends.mha.set_fastpath_enabled(fused)

    @staticmethod
    def _save(network: Any, path: Path) -> None:
        part = path.with_name(f"part-{os.getpid()}-{threading.get_ident()}-{path.name}")
        try:
            _openvino().save_model(network, str(part), compress_to_fp16=False)
            # the weights first: a reader that finds the .xml finds its .bin too
            part.with_suffix(".bin").replace(path.with_suffix(".bin"))
            part.replace(path)
        except (OSError, RuntimeError) as error:
            log.warning(
                "The converted network isn't kept (%s); the next start takes longer.", error
            )
            part.unlink(missing_ok=True)
            part.with_suffix(".bin").unlink(missing_ok=True)

    @staticmethod
    def _runner(compiled: Any) -> Runner:
        # one request, one lock: a request holds its tensors and must not be shared by threads
        lock = threading.Lock()
        request = compiled.create_infer_request()

        def run(inputs: Array) -> npt.NDArray[np.float32]:
            with lock:
                outputs = request.infer([inputs], share_inputs=True)
                return np.array(next(iter(outputs.values())), np.float32)

        return run


def _openvino() -> Any:
    """Import OpenVINO without its telemetry, which reports every conversion over the network."""
    # None makes the import fail, and OpenVINO goes on without, as where it isn't installed
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def choose_engine(
    wanted: str, precision: str, cache_dir: Path, threads: int | None = None
) -> Engine:
    """Return the engine that `REPLEARN_ENGINE` asks for, or the fastest that is here.

    Args:
        wanted: as `REPLEARN_ENGINE`.
        precision: as `REPLEARN_PRECISION`.
        cache_dir: where compiled networks are kept.
        threads: of OpenVINO; None takes every core. Torch has the process's own.

    Raises:
        InputError: the name is unknown, or that device isn't here.
    """
    if precision not in {"float32", "bfloat16"}:
        raise InputError(f"REPLEARN_PRECISION is {precision!r}; choose float32 or bfloat16.")
    if wanted not in {"auto", "openvino", "torch", "cuda", "mps"}:
        raise InputError(
            f"REPLEARN_ENGINE is {wanted!r}; choose auto, openvino, torch, cuda or mps."
        )
    accelerator = _accelerator() if wanted in {"auto", "cuda", "mps"} else None
    if wanted in {"cuda", "mps"} and accelerator != wanted:
        raise InputError(f"This computer has no {wanted} device; set REPLEARN_ENGINE=auto.")
    if accelerator:
        return TorchEngine(accelerator, precision)
    if wanted != "torch" and importlib.util.find_spec("openvino"):
        return OpenVinoEngine(writable_folder(cache_dir / "networks"), precision, threads)
    return TorchEngine("cpu", precision)


def _accelerator() -> str | None:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else None


_given: list[Engine] = []


@contextlib.contextmanager
def running_on(engine: Engine) -> Iterator[None]:
    """Let models that are opened meanwhile run on an engine, whatever the settings say."""
    _given.append(engine)
    try:
        yield
    finally:
        _given.remove(engine)


def default_engine() -> Engine:
    """Return this process's engine: the one that was given, else as the settings say."""
    return _given[-1] if _given else _own_engine()


@functools.lru_cache(maxsize=1)
def _own_engine() -> Engine:
    settings = from_environment()
    return choose_engine(settings.engine, settings.precision, settings.cache_dir)
