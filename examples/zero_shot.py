"""Compare an example photograph with a few sentences: python examples/zero_shot.py"""

import replearn

photo = replearn.load_dataset("photos")[0]
answer = replearn.zero_shot(photo.image, ["cat", "dog", "lion", "tower"], null_prompt="a photo")
print(photo.caption)
print(answer.top(), answer.stamp)
