"""How much nearer a prompt lies to pictures with one value of a trait than with another."""

import numpy as np
import numpy.typing as npt

from replearn.core.permutation import partition_p, sign_flip_p
from replearn.core.statistics import mean_of
from replearn.results.audit import Weat
from replearn.results.audit.association import Association

Floats = npt.NDArray[np.float64]


def associations(
    model: str,
    prompts: tuple[str, ...],
    values: tuple[str, ...],
    cosines: Floats,
    compared: tuple[int, int],
    seed: int,
) -> list[Association]:
    """Measure each prompt; p is not corrected yet.

    Args:
        model: whose cosines they are.
        prompts: m.
        values: k, of the trait.
        cosines: (m, t, n, k), of t paraphrases with n pairs' pictures of each value; nan where a
            pair has no picture of a value, which isn't one of those compared.
        compared: which two values.
        seed: of the permutations.
    """
    first, second = compared
    change = cosines[..., second] - cosines[..., first]  # (m, t, n)
    by_pair = change.mean(axis=1)  # (m, n)
    p = sign_flip_p(by_pair.T, seed)
    effects = single_category_effects(cosines.mean(axis=1)[..., [first, second]])
    pictures = np.concatenate([cosines.mean(axis=1)[..., one] for one in (second, first)], axis=1)
    effect_p = partition_p(pictures.T, by_pair.shape[1], seed)
    wording = wording_spread(cosines[..., [first, second]])
    signs = np.sign(change.mean(axis=2)) == np.sign(by_pair.mean(axis=1))[:, None]  # (m, t)
    to_first = (cosines - cosines[..., [first]]).mean(axis=1)  # (m, n, k)
    return [
        Association(
            model,
            prompt,
            mean_of(by_pair[row]),
            float(wording[row]),
            int(signs[row].sum()),
            float(p[row]),
            float(p[row]),
            float(effects[row]),
            float(effect_p[row]),
            {
                name: mean_of(to_first[row, :, column])
                for column, name in enumerate(values)
                if column != first
            },
        )
        for row, prompt in enumerate(prompts)
    ]


def wording_spread(cosines: Floats) -> Floats:
    """Return how far paraphrases alone move the cosine of a picture.

    Args:
        cosines: (m, t, n, k).

    Returns:
        (m,) standard deviation over the t paraphrases, root mean square over the pictures.
    """
    return np.asarray(np.sqrt(cosines.var(axis=1, ddof=1).mean(axis=(1, 2))))


def single_category_effects(cosines: Floats) -> Floats:
    """Return SC-WEAT's effect sizes (Caliskan et al. 2017, there called WEFAT).

    The mean cosine with the second set of pictures minus that with the first, in standard
    deviations (n - 1) over the pictures of both.

    Args:
        cosines: (m, n, 2), of m prompts with the two sets.
    """
    spread = cosines.reshape(len(cosines), -1).std(axis=1, ddof=1)
    means = cosines.mean(axis=1)
    return np.asarray((means[:, 1] - means[:, 0]) / np.maximum(spread, np.finfo(float).tiny))


def weat(cosines: Floats, others: Floats, seed: int) -> Weat:
    """Return WEAT of two sets of prompts and two sets of pictures (Caliskan et al. 2017).

    A picture's association is its mean cosine with the prompts minus that with the other prompts;
    the effect is the mean over the second set of pictures minus that over the first, in standard
    deviations (n - 1) over both.

    Args:
        cosines: (m, n, 2), of the prompts with the two sets.
        others: (o, n, 2), of the prompts that they are set against.
        seed: of the permutations.
    """
    each = cosines.mean(axis=0) - others.mean(axis=0)  # (n, 2)
    effect = single_category_effects(each[None])[0]
    pictures = np.concatenate([each[:, 1], each[:, 0]])
    p = partition_p(pictures[:, None], len(each), seed)[0]
    return Weat(float(effect), float(p))
