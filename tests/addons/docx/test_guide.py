def test_parts_come_in_the_order_of_use(twins, page_of):
    titles = [node.text_content() for node in page_of(twins["facilitator"]).iter("h1")]
    assert [title.split("\t")[0].strip()[:12] for title in titles] == [
        "If this is y", "Run sheet", "Print list", "Training dat", "Pretraining", "Misconceptio", "Words", "Sources", "Access, lice",
    ]  # fmt: skip


def test_the_script_is_a_table_with_what_is_said_done_and_asked(twins, page_of):
    tables = page_of(twins["facilitator"]).findall(".//table")
    scripts = [table for table in tables if "Say, do, ask" in table.find("thead").text_content()]
    assert len(scripts) == 2
    said = scripts[0].find("tbody").text_content()
    for part in ("Let us play a game", "Do Cover the last word", "Ask What is the chance", "→ So far it continues"):
        assert part in said
