import asyncio

from workshop.addons.web import news
from workshop.addons.web.news import News


def test_whoever_has_the_newest_waits_for_the_next_and_everybody_else_gets_it_at_once():
    async def tried():
        told = News()
        told.tell()
        assert await told.after(0) == 1
        waiting = [asyncio.create_task(told.after(1)) for _ in range(3)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        told.tell(7)
        assert await asyncio.gather(*waiting) == [7, 7, 7]

    asyncio.run(tried())


def test_nobody_waits_longer_than_a_while(monkeypatch):
    monkeypatch.setattr(news, "WAIT", 0.01)
    assert asyncio.run(News().after(0)) == 0


def test_nobody_waits_at_the_end():
    async def tried():
        told = News()
        waiting = asyncio.create_task(told.after(0))
        await asyncio.sleep(0)
        told.end()
        assert await waiting == 0
        assert await told.after(0) == 0

    asyncio.run(tried())
