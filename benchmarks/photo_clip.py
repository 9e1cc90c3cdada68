"""The figures of photo-clip's card: zero-shot accuracy, each with its interval.

    python -m benchmarks.photo_clip --pictures FOLDER --cifar10 cifar10_jpeg.zip [--most 2000]

`--pictures` is a folder of ImageNet photographs with a labels.csv; `--cifar10` a zip with
`test/CLASS/*.jpg` inside. What isn't given is left out. The held-out figure comes from
`python -m replearn train photo-clip --set holdout=2/5 --set pictures=FOLDER`.
"""

import argparse
import io
import zipfile
from pathlib import Path

from PIL import Image

from replearn.core.errors import InputError
from replearn.core.question import Question
from replearn.data.base import Sample
from replearn.data.wordnet import imagenet_taxonomy
from replearn.studies.many_pictures.evaluate import evaluate

ENLARGED = 224  # pixels


class ZippedPictures:
    """The test pictures of a zip, enlarged; the folder is the class."""

    name = "cifar10"

    def __init__(self, path: Path, most: int) -> None:
        self._zip = zipfile.ZipFile(path)
        found = sorted(n for n in self._zip.namelist() if "/test/" in n and n.endswith(".jpg"))
        step = max(1, len(found) // most)
        self._names = found[::step]
        self.class_names = tuple(sorted({Path(name).parent.name for name in self._names}))
        self._images = [self._zip.read(name) for name in self._names]

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, index: int) -> Sample:
        name = self._names[index]
        small = Image.open(io.BytesIO(self._images[index])).convert("RGB")
        large = small.resize((ENLARGED, ENLARGED), Image.Resampling.BICUBIC)
        label = self.class_names.index(Path(name).parent.name)
        return Sample(large, label, "", name, {})

    def fingerprint(self) -> str:
        return f"{self.name}-{len(self)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", help="ImageNet photographs with a labels.csv")
    parser.add_argument("--cifar10", type=Path, help="a zip of CIFAR-10 as JPEG")
    parser.add_argument("--most", type=int, default=10_000, help="pictures of CIFAR-10")
    options = parser.parse_args()
    if options.pictures:
        chosen = Question(labels=imagenet_taxonomy().class_names)
        try:
            found = evaluate(f"folder:{options.pictures}", "photo-clip", chosen)
        except InputError as error:
            raise SystemExit(str(error)) from error
        print(f"photographs of ImageNet, 1,000 names: {found.accuracy}; {found.stamp}")
    if options.cifar10:
        found = evaluate(ZippedPictures(options.cifar10, options.most), "photo-clip")
        print(f"CIFAR-10: {found.accuracy}; ECE {found.reliability.ece:.2f}; {found.stamp}")


if __name__ == "__main__":
    main()
