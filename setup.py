"""Where the packages lie: `assets/` stands at the top, and in the wheel as `replearn.assets`."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["replearn", "replearn.*"]), "replearn.assets"],
    package_dir={"replearn.assets": "assets"},
)
