"""The site's samples: what their page offers is there, and was made by the command below it."""

import re
import tomllib

from docs import make_samples, make_site


def test_a_sample_is_built_by_the_command_that_its_page_shows(tmp_path):
    sample = make_samples.SAMPLES[-1]
    made = make_samples.built(sample, tmp_path / "samples" / sample.name)
    assert made == ["handout.pdf", "deck.pptx", "slides.html"]
    text = make_samples.page({one.name: made if one == sample else [] for one in make_samples.SAMPLES})
    assert text.count("```sh\nworkshop build") == len(make_samples.SAMPLES)
    offered = re.findall(r"\]\((samples/talk/[^)]+)\)", text)
    assert len(offered) == 4
    assert [name for name in offered if not (tmp_path / name).is_file()] == []


def test_the_page_of_the_samples_is_in_the_navigation_only_if_there_are_samples():
    settings = (make_site.HERE / "zensical.toml").read_text("utf-8")
    assert "Samples" not in settings
    (start, *_) = tomllib.loads(settings.replace(make_site.BEFORE, make_site.SAMPLES + make_site.BEFORE))["project"][
        "nav"
    ]
    assert {"Samples": "docs/samples.md"} in start["Start"]
