"""replearn: explore what vision models have learnt.

Three lines in a notebook:

    import replearn
    answer = replearn.zero_shot("cat.jpg", ["cat", "dog"])
    print(answer.top())

Nothing heavy is imported before something is computed: the public names, listed in `__init__.pyi`,
are imported on first use.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
