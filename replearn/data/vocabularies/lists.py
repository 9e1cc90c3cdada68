"""Lists of plain words, one kind each."""


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


COLOURS = _split(
    "red, orange, yellow, green, turquoise, blue, purple, pink, brown, beige, black, white, grey, "
    "golden, silver, dark red, light blue, dark green, cream, violet"
)
TEXTURES = _split(
    "striped, spotted, checked, dotted, smooth, rough, shiny, matt, furry, feathered, scaly, "
    "woven, knitted, cracked, wrinkled, grainy, marbled, transparent, rusty, wet, dusty, polished, "
    "bumpy, tiled, fuzzy"
)
SHAPES = _split(
    "a circle, a square, a triangle, a rectangle, a star, a heart, a cross, a ring, a spiral, "
    "an arrow, a cube, a sphere, a cylinder, a cone, a pyramid, an arch, a dome, a grid, a curve, "
    "a straight line, a diagonal, a zigzag, a tall narrow thing, a flat wide thing, a hole, a tube"
)
MATERIALS = _split(
    "wood, stone, metal, glass, plastic, paper, cardboard, leather, wool, cotton, silk, denim, "
    "fur, feathers, brick, concrete, sand, soil, grass, leaves, water, ice, snow, smoke, "
    "fire, skin, hair, porcelain, clay, rubber, wax, bread, gold, marble, tile, rope"
)
PLACES = _split(
    "beach, mountain, forest, desert, lake, river, waterfall, sea, field, garden, park, street, "
    "motorway, bridge, harbour, airport, station, castle, church, market, shop, restaurant, "
    "kitchen, living room, bedroom, bathroom, office, classroom, library, stadium, cave, farm, "
    "swamp, jungle, meadow, island, hospital, museum, factory, cellar, balcony, attic, "
    "playground, cemetery"
)
MOODS = _split(
    "joyful, calm, sad, lonely, angry, frightening, mysterious, romantic, funny, exciting, solemn, "
    "cosy, crowded, empty, chaotic, tidy, abandoned, festive"
)
SEASONS = _split("spring, summer, autumn, winter")
WEATHER = _split(
    "rain, snowfall, fog, sunshine, a thunderstorm, a cloudy sky, a clear sky, wind, frost, dew"
)
LIGHT = _split(
    "at night, at dawn, at sunset, at noon, in candlelight, in bright sunshine, in the shade, "
    "lit from behind, lit from the side, lit by a lamp, in neon light, in fog"
)
STYLES = _split(
    "photograph, black-and-white photograph, drawing, pencil sketch, oil painting, watercolour, "
    "cartoon, icon, logo, 3D rendering, pixel art, screenshot, map, diagram, silhouette, poster, "
    "sculpture, mosaic, stained-glass window, X-ray picture, microscope picture, satellite picture"
)
VIEWS = _split(
    "a close-up, a view from above, a view from below, a view from far away, a side view, "
    "a face seen from the front, a back, a blurred background, a plain background, a reflection, "
    "a shadow, a crowd, a person, a hand, an eye, two people, text, a sign with writing, a number"
)
COUNTS = _split("one, two, three, four, five, six, seven, eight, nine, ten, many, no")
COUNTED = _split("people, animals, birds, cars, trees, flowers, houses, fruits, things")
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
