"""What the laboratory adds to the demo district, a file for each subject."""

from admin_suite.module import Scene
from modules.lab.demo import outside, rapid, tubes


def build(scene: Scene) -> None:
    """Lists, tubes and results; a list of another laboratory; rapid tests and their kits."""
    tubes.build(scene)
    outside.build(scene)
    rapid.build(scene)
