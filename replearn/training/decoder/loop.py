"""The loop of a decoder: pictures as they are, and few to measure a round on."""

from replearn.training.loop import Loop
from replearn.training.sources.augment import Augmentation

UNCHANGED = Augmentation(crop=1.0, flip=0.0, colour=0.0, grey=0.0, blur=0.0)


class DecoderLoop(Loop):
    """One training run; its kNN and probe are those of rebuilt pictures, in the network's eyes.

    Every picture measured costs two passes through the network and one through the generator.
    """

    probe_pictures = 128
