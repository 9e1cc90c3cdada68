"""What the world of shapes is made of, by name."""

SOLIDS = ("sphere", "cube", "cylinder", "cone", "torus", "capsule", "pyramid", "octahedron")
COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")
TEXTURES = ("plain", "stripes", "checks", "dots", "grain", "marble")
FLOORS = ("wooden", "tiled", "sandy", "grassy")
BACKDROPS = ("grey wall", "blue sky", "sunset", "brick wall")
SIZES = ("small", "large")
LIGHTS = ("left", "front", "right", "behind")
POSITIONS = ("left", "centre", "right")

# the factors that can be a label, with the names of their values
FACTORS = {
    "solid": SOLIDS,
    "colour": COLOURS,
    "texture": TEXTURES,
    "floor": FLOORS,
    "backdrop": BACKDROPS,
    "size": SIZES,
    "light": LIGHTS,
    "position": POSITIONS,
}

# what no training picture has, behind what they have: names by index, for every factor
UNSEEN = {
    "texture": ("zigzag", "rings", "net", "patchwork"),
    "floor": ("chequered", "striped", "muddled", "violet"),
    "backdrop": ("night sky", "forest", "plaid", "bokeh"),
}
NAMES = {factor: (*values, *UNSEEN.get(factor, ())) for factor, values in FACTORS.items()}
