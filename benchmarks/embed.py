"""Embedding photographs end to end, over its own stages alone and over a plain loop.

    python -m benchmarks.embed [--pictures FOLDER] [--count 1000] [--plain 100] [--rounds 3]

End to end is what `replearn.embed` does with an empty cache: open, decode, preprocess, run the
network, write vectors and thumbnails to disk. It stands over

- the larger of two of its stages run alone: decoding with preprocessing (in one thread, and in as
  many as end to end uses), and the network on pixels that are ready, on every core. Where both
  stages fill the same cores, nothing end to end can be quicker than their sum;
- a plain loop: open_clip's own preprocessing and eager torch, picture by picture.

Each ratio is the median over rounds in which both were measured one after the other.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.record import keep
from replearn.data.folder import Folder
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model
from replearn.store import table
from replearn.store.encoded import DECODERS, PICTURE_BATCH

MODEL = "photo-clip"


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def fill(folder: Path, source: Path | None, count: int) -> str:
    """Copy photographs, again and again until there are enough, or draw some."""
    found = sorted(source.glob("*.jpg")) if source else []
    random = np.random.default_rng(0)
    for number in range(count):
        target = folder / f"{number}.jpg"
        if found:
            shutil.copyfile(found[number % len(found)], target)
        else:  # coarse noise, enlarged: about as many bytes as a photograph of this size
            coarse = random.integers(0, 256, (96, 128, 3), dtype=np.uint8)
            Image.fromarray(coarse).resize((500, 375)).save(target, quality=90)
    return f"{min(count, len(found))} photographs" if found else "drawn"


def end_to_end(folder: Path, encoder: Encoder, cache: Path) -> float:
    table._open.clear()
    shutil.rmtree(cache / "tables", ignore_errors=True)
    return seconds(lambda: table.embed(Folder(folder), encoder))


def decoding(folder: Path, encoder: Encoder, threads: int) -> float:
    data = Folder(folder)

    def one(row: int) -> None:
        encoder.preprocess([data[row].image])

    with ThreadPoolExecutor(threads) as pool:
        return seconds(lambda: list(pool.map(one, range(len(data)))))


def forward(count: int, encoder: Encoder, pixels: np.ndarray) -> float:
    def run() -> None:
        for start in range(0, count, PICTURE_BATCH):
            encoder.embed_pixels(pixels[: min(PICTURE_BATCH, count - start)])

    return seconds(run)


def plain_encoder() -> Callable[[Path], object]:
    """Return what a user of open_clip would write for one picture."""
    import open_clip
    import torch

    from replearn.core.assets import asset_path
    from replearn.encoders.photo_clip.model import build_image_model

    model = build_image_model(asset_path("photo-clip", "heads.safetensors"))
    model.eval()
    preprocess = open_clip.image_transform(
        224, is_train=False, mean=(0.5,) * 3, std=(0.5,) * 3, interpolation="bicubic"
    )

    def encode(path: Path) -> object:
        pixels = preprocess(Image.open(path).convert("RGB"))[None]
        with torch.inference_mode():
            vector = model.encode_image(pixels)
            return vector / vector.norm(dim=-1, keepdim=True)

    return encode


def plain_loop(paths: list[Path], encode: Callable[[Path], object]) -> float:
    return seconds(lambda: [encode(path) for path in paths]) / len(paths)


@dataclass(frozen=True)
class Round:
    """Seconds for the same number of pictures."""

    whole: float
    one_thread: float
    threads: float
    network: float
    plain: float


def measured(folder: Path, cache: Path, plain: int, rounds: int) -> list[Round]:
    encoder, paths = load_model(MODEL), sorted(folder.glob("*.jpg"))
    pixels = encoder.preprocess(paths[:PICTURE_BATCH])
    encoder.embed_pixels(pixels)
    encode = plain_encoder()
    encode(paths[0])
    os.environ["REPLEARN_CACHE_DIR"] = str(cache)
    end_to_end(folder, encoder, cache)  # lancedb is imported, the disk's cache is warm
    return [
        Round(
            whole=end_to_end(folder, encoder, cache),
            one_thread=decoding(folder, encoder, threads=1),
            threads=decoding(folder, encoder, DECODERS),
            network=forward(len(paths), encoder, pixels),
            plain=plain_loop(paths[:plain], encode) * len(paths),
        )
        for _ in range(rounds)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder of JPEG photographs")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--plain", type=int, default=100, help="pictures of the plain loop")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = Path(scratch) / "pictures", Path(scratch) / "cache"
        folder.mkdir()
        what = fill(folder, options.pictures, options.count)
        rounds = measured(folder, cache, options.plain, options.rounds)

    def middle(of: Callable[[Round], float]) -> float:
        return statistics.median(of(one) for one in rounds)

    keep(
        "embed",
        {
            "pictures": f"{options.count}, {what}",
            "model": MODEL,
            "end to end (s)": middle(lambda r: r.whole),
            "decoding and preprocessing alone, one thread (s)": middle(lambda r: r.one_thread),
            f"the same in {DECODERS} threads (s)": middle(lambda r: r.threads),
            "network alone, all cores (s)": middle(lambda r: r.network),
            "plain loop (s)": middle(lambda r: r.plain),
            "over the larger stage, decoding in one thread": middle(
                lambda r: r.whole / max(r.one_thread, r.network)
            ),
            "over the larger stage, decoding in threads": middle(
                lambda r: r.whole / max(r.threads, r.network)
            ),
            "times the plain loop": middle(lambda r: r.plain / r.whole),
        },
    )


if __name__ == "__main__":
    main()
