"""What a scenario may say of images."""

import pytest

from gen.play.reading.bad_input import BadInput
from gen.play.scenario.load import load
from gen.play.simulate import simulate

STORY = """title: {{ko: 시험, en: A test}}
cluster:
  nodes: 1
  images: {images}
files:
  a.yaml: |
    apiVersion: v1
    kind: Pod
    metadata: {{name: p}}
    spec:
      restartPolicy: Never
      containers: [{{name: c, image: "team/app:v1"}}]
steps:
- run: kubectl apply -f a.yaml
- at: 20s
  run: kubectl get pods
- run: kubectl logs p
until: 30s
"""


@pytest.fixture
def story(tmp_path):
    def write(images):
        file = tmp_path / "story.yaml"
        file.write_text(STORY.format(images=images), encoding="utf-8")
        return load(str(file))

    return write


def printed(scenario):
    return [record.stdout for record in simulate(scenario) if type(record).__name__ == "Said"]


@pytest.mark.parametrize(
    ("images", "word", "log"),
    [
        ("[nginx]", "Running", ""),
        ("{team/app:v1: {run: 'echo at work; sleep 5; exit 1'}}", "Error", "at work\n"),
        ("{team/app: {run: 'echo any tag'}}", "Completed", "any tag\n"),
        ("{team/app:v2: {run: 'exit 1'}}", "Running", ""),
        ("{team/app:v1: {pull: 1m}}", "ContainerCreating", ""),
        ("{team/app:v1: {pull: 1m, present: true, run: 'sleep 1'}}", "Completed", ""),
    ],
)
def test_images_do_what_is_said(story, images, word, log):
    _, listed, logged = printed(story(images))
    assert listed.splitlines()[1].split()[2] == word
    assert logged == log


def test_an_image_may_be_missing(story):
    assert printed(story("{team/app: {missing: true}}"))[1].splitlines()[1].split()[2] in ("ErrImagePull", "ImagePullBackOff")


@pytest.mark.parametrize(
    ("images", "field"),
    [
        ("{team/app: {runs: 'exit 1'}}", "runs"),
        ("{team/app: {run: 'if true'}}", "run"),
        ("{team/app: {listens: [0]}}", "listens[0]"),
        ("{team/app: {answers: {/: 99}}}", "answers"),
        ("{team/app: {size: many}}", "size"),
        ("{team/app: {pull: soon}}", "pull"),
        ("{team/app: {present: yes please}}", "present"),
        ("{Team/App: {missing: true}}", "Team/App"),
        ("{team/app: 7}", "team/app"),
    ],
)
def test_mistakes_are_told_with_their_place(story, images, field):
    with pytest.raises(BadInput) as told:
        story(images)
    assert field in str(told.value)
