"""The card of a decoder that ships."""

from typing import Any

from replearn.results.dreams import PriorTrial


def prior_card(found: PriorTrial, metrics: dict[str, Any], noted: dict[str, Any]) -> str:
    """Return a decoder's README.

    Args:
        found: what was measured.
        metrics: of its run: recipe and pictures shown.
        noted: of its run: seconds and commit.
    """
    once, recipe = found.rebuilt, metrics["recipe"]
    drawn = "\n".join(
        f"| {one.what}s, {'by the prior' if one.prior else 'without it'} | "
        f"{', '.join(map(str, one.right))} of {one.classes} | {one.share} | "
        f"{', '.join(one.judges)} |"
        for one in found.drawn
    )
    prompt = "".join(
        f"\nOf {n} networks that had no part in it {right} name its {word} in the picture drawn "
        f"for “{found.prompt}” (seed 0)."
        for word, right, n in found.named
    )
    return f"""# {found.decoder}

    python -m replearn assets --decoders

which trains `python -m replearn train decoder --set model={found.model}`: all settings in
`recipe.json`, the curve in `rows.csv`. {metrics["pictures shown"]:,} pictures of
`{recipe["dataset"]}` were shown, in {noted["seconds"] / 60:.0f} minutes on one thread of a machine
that others used too, at commit {noted.get("commit", "unknown")}.

A generator from `{found.model}`'s responses to a picture back to the picture (Dosovitskiy and Brox
2016, https://arxiv.org/abs/1602.02644, without an adversary). What it inverts is the mean response
of every unit in {", ".join(f"`{name}`" for name in metrics["layers"])}, in {recipe["components"]}
principal directions. Ascent in this code, held between the 1st and the 99th percentile of pictures'
codes in each direction and in length, is a learnt prior (Nguyen et al. 2016,
https://arxiv.org/abs/1605.09304): `replearn.visualise(..., choice=replearn.DreamChoice(
prior="{found.decoder}"))`.

Pictures of `shapes` (test, seed {once.seed}, n = {once.n:,}) rebuilt, and named by
`{once.judge}`, which had no part in it:

| measure | value |
| --- | --- |
| PSNR, mean over pictures, in dB | {once.quality} |
| its solid | {once.share(once.solid)} |
| its colour | {once.share(once.colour)} |
| both | {once.share(once.both)} |
| both, in the pictures themselves | {once.share(once.before)} |

Classes drawn, {found.steps} steps, seeds {", ".join(map(str, found.seeds))}; right where more than
half of the judges name the class:

| what | by seed | share | judges |
| --- | --- | --- | --- |
{drawn}
{prompt}

It knows nothing but `shapes`: what it draws looks like them whatever is asked, and what they don't
have it can't draw. For photographs a generator would have to be learnt on photographs, many
thousands of them; none ships. Means say little of where a thing stands, and pictures come back
softer than they were. Intervals are 95 %: Wilson's for shares, Student's for PSNR.
"""
