from workshop.files.cached import keep, recall


def test_cache_says_where_it_is_and_clear_empties_it(typed, monkeypatch, tmp_path):
    folder = tmp_path / "cache"
    monkeypatch.setenv("WORKSHOP_CACHE", str(folder))
    assert typed("cache")[1].splitlines()[0] == f"{folder}: empty"
    keep(folder, "a.findings", b"x" * 1_000_000)
    assert typed("cache")[1].splitlines() == [
        f"{folder}: 1 file, 1.0 MB",
        "above 500 MB what was unused for longest goes first",
    ]
    assert typed("cache", "clear") == (0, f"{folder}: 1 file, 1.0 MB deleted\n", "")
    assert recall(folder, "a.findings") is None
    assert typed("cache", "clear") == (0, f"{folder}: it was empty\n", "")
    assert typed("cache", "celar")[0] == 2
