"""What to try in each tab: one step a link, each a state of the page as lessons write it."""

# tab -> (words, state)
TRIES: dict[str, tuple[tuple[str, str], ...]] = {
    "training": (
        ("what did labels throw away?", "training open=predict experiment=thrown-away"),
        ("one anchor and its temperature", "training model=shapes-simclr open=loss-explorer"),
        ("two pictures of one thing", "training recipe=simclr training-views=scene"),
    ),
    "zero-shot": (
        (
            "take the right answer away",
            'zero-shot picture=example:cheetah1 labels="tower\\ncup of coffee\\nrocket"',
        ),
        (
            "the same without “none of these”",
            "zero-shot picture=example:cheetah1 null-on=false "
            'labels="tower\\ncup of coffee\\nrocket"',
        ),
        (
            "a high temperature",
            "zero-shot picture=example:cheetah1 own-tau=false temperature=0.2",
        ),
        (
            "two models side by side",
            "zero-shot picture=example:chelsea model=photo-clip compare=emoji-clip "
            'labels="cat\\nkitten\\ndog\\nfox"',
        ),
    ),
    "batch": (
        (
            "shapes in another light",
            "batch model=shapes-clip evaluate-data=shapes-shifted:new-light",
        ),
        (
            "a shortcut that no longer holds",
            "batch model=shapes-background-tied evaluate-data=shapes-tied:0.5",
        ),
    ),
    "map": (
        ("before training", "map dataset=shapes model=shapes-untrained projection=pca"),
        ("after SupCon", "map dataset=shapes model=shapes-supcon projection=pca"),
        (
            "what SimCLR goes by",
            "map dataset=shapes model=shapes-simclr projection=umap colour-by=backdrop",
        ),
    ),
    "heat-maps": (
        (
            "what makes it a lion?",
            "heat-maps picture=example:lion model=photo-clip method=grad-cam target=lion",
        ),
        (
            "cover patches instead",
            "heat-maps picture=example:lion model=photo-clip method=occlusion target=lion",
        ),
        (
            "edges that say nothing",
            "heat-maps picture=example:coffee model=shapes-supervised method=guided-backprop "
            "open=trust",
        ),
    ),
    "parts": (
        ("what the first layer sees", "parts model=imagenet open=filters"),
        ("heads in words", 'parts model=shapes-clip "parts-target=a red cube" open=head-words'),
        ("the picture in eight words", "parts picture=example:coffee open=concepts words-kept=8"),
    ),
    "dreams": (
        (
            "a cat without any help",
            "dreams model=imagenet \"dream-target=tabby cat\" dream-helps='[]' dream-steps=64 "
            "press=draw-dream",
        ),
        (
            "make the cat a toaster",
            "dreams picture=example:chelsea model=imagenet open=fooling fool-target=toaster "
            "fool-epsilon=4",
        ),
        ("another model's pictures", "dreams model=shapes-supervised"),
    ),
    "distortions": (
        (
            "salt and pepper",
            "distortions picture=example:coffee distortion=salt-and-pepper position=2 level=0.2",
        ),
        ("turn it", "distortions picture=example:chelsea distortion=rotation"),
    ),
    "invariance": (
        (
            "turn a solid in depth",
            'invariance model=shapes-simclr "invariance-factor=3-D lean" '
            '"invariance-of=a rendered scene"',
        ),
        (
            "move it",
            "invariance model=shapes-supervised invariance-factor=translation "
            '"invariance-of=a rendered scene"',
        ),
    ),
    "shape": (
        ("a network of small patches", "shape model=shapes-bagnet open=patches"),
        ("one that learnt a texture", "shape model=shapes-texture-tied"),
    ),
    "matrix": (
        (
            "noise of one kind, tested on another",
            "matrix.one-on-all matrix-network=A8 matrix-evaluation=uniform_noise_0.35",
        ),
        ("supervised against zero-shot", "matrix.shift drift-data=shapes"),
    ),
    "groups": (
        ("find the group that fails", "groups groups-view=tied groups-by=backdrop"),
        ("emoji by skin tone", 'groups groups-view=emoji "groups-by=skin tone"'),
        ("what prompts give away", "groups groups-view=emoji open=audit"),
    ),
}
