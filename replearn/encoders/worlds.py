"""What each model that ships was taught on, and a phrase that tells it from its neighbours."""

# world -> model -> what it is, in two or three words
WORLDS: dict[str, dict[str, str]] = {
    "photographs": {
        "photo-clip": "reads any words",
        "imagenet": "1,000 classes",
        "imagenet-lite2": "1,000 classes, larger",
    },
    "shapes": {
        "shapes-supervised": "labels",
        "shapes-supcon": "labels, contrastive",
        "shapes-simclr": "no labels",
        "shapes-moco": "no labels, a queue",
        "shapes-simsiam": "no labels, no negatives",
        "shapes-multiview": "two views of a scene",
        "shapes-clip": "pictures with captions",
        "shapes-clip-sae": "its dictionary",
        "shapes-bagnet": "small patches",
        "shapes-texture-tied": "a shortcut: texture",
        "shapes-background-tied": "a shortcut: backdrop",
        "shapes-untrained": "chance weights",
        "pixels": "no network at all",
    },
    "emoji": {
        "emoji-clip": "emoji with names",
        "emoji-simclr": "no labels",
        "emoji-designers": "one emoji, two hands",
    },
}
