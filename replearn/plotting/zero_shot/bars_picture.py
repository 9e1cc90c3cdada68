"""An answer's bars as one picture, for saving."""

from PIL import Image, ImageDraw, ImageFont

from replearn.results.zero_shot import ClassProbabilities, Probabilities

WIDTH, ROW, LABEL, BAR = 900, 34, 260, 420
SHOWN = 20


def bars_picture(answer: Probabilities | ClassProbabilities) -> Image.Image:
    """Draw the most probable labels as bars from 0 to 1, with the stamp of origin below."""
    order = answer.order[:SHOWN]
    second = answer.cosines if isinstance(answer, Probabilities) else answer.logits
    unit = "cosine" if isinstance(answer, Probabilities) else "logit"
    picture = Image.new("RGB", (WIDTH, ROW * (len(order) + 2) + 16), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=16)
    draw.text((LABEL, 10), "probability, 0 to 1", "#57606a", font)
    draw.text((LABEL + BAR + 90, 10), unit, "#57606a", font)
    for rank, i in enumerate(order):
        top = ROW * (rank + 1) + 8
        p = float(answer.probabilities[i])
        draw.text((10, top + 4), answer.labels[i][:30], "#1f2328", font)
        draw.rectangle((LABEL, top, LABEL + BAR, top + 24), "#eaeef2")
        draw.rectangle(
            (LABEL, top, LABEL + BAR * p, top + 24), "#1f6feb" if rank == 0 else "#8b949e"
        )
        draw.text((LABEL + BAR + 12, top + 4), f"{p:.2f}", "#1f2328", font)
        draw.text((LABEL + BAR + 90, top + 4), f"{float(second[i]):.3f}", "#1f2328", font)
    draw.text((10, ROW * (len(order) + 1) + 12), str(answer.stamp), "#57606a", font)
    return picture
