"""Tests of who gets a seat: by address, by the trainer's yes, and never by trying often."""

import asyncio

import pytest

from tests.addons.live.hall import trying
from workshop.addons.live import routes
from workshop.addons.live.entrance import most_guests


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Let everybody ask as often as they like, so that it isn't the pace that keeps anybody out."""
    monkeypatch.setattr(routes, "RATES", dict.fromkeys(routes.RATES, (10**6, 10**6)))


async def let_in(tried, event="let in"):
    (question,) = (await tried.host.news())["door"]
    assert (await tried.host.post("do", {"event": event, "text": question["id"]})).status == 200
    return question


def test_phones_behind_one_address_come_in_with_one_yes(tmp_path):
    async def test(tried):
        phones = [tried.phone("192.0.2.1") for _ in range(20)]
        for number, phone in enumerate(phones, 1):
            await phone.sit(f"{number:02d}" if number % 2 else "")
        assert [(await phone.news())["seat"] != "" for phone in phones] == [True] + [False] * 19
        assert (await phones[1].news())["door"] == "address"
        question = await let_in(tried)
        assert (question["why"], question["holds"], question["wait"]) == ("address", 1, 19)
        seats = [(await phone.news())["seat"] for phone in phones]
        assert seats[::2] == [f"{number:02d}" for number in range(1, 21, 2)]
        assert len(set(seats)) == 20
        later = tried.phone("192.0.2.1")
        await later.sit("22")
        assert (await later.news())["seat"] == "22"
        assert (await tried.host.news())["door"] == []

    trying(tmp_path, test)


def test_a_phone_that_waits_hears_of_its_yes_at_once(tmp_path):
    async def test(tried):
        first, second = tried.phone("192.0.2.1"), tried.phone("192.0.2.1")
        await first.sit("01")
        await second.sit("02")
        number = (await second.news())["number"]
        waiting = asyncio.create_task(second.get(f"news?after={number}"))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        await let_in(tried)
        assert (await asyncio.wait_for(waiting, 5)).json()["seat"] == "02"

    trying(tmp_path, test)


def test_after_a_no_nobody_is_asked_again_and_a_yes_is_still_possible(tmp_path):
    async def test(tried):
        for number in (1, 2, 3):
            await tried.phone("192.0.2.1").sit(f"0{number}")
        assert (await let_in(tried, "keep out"))["no"] is False
        await tried.phone("192.0.2.1").sit("04")
        (question,) = (await tried.host.news())["door"]
        assert (question["no"], question["wait"]) == (True, 3)
        await let_in(tried)
        assert set(tried.hall.room.course.seats) == {"01", "02", "03", "04"}

    trying(tmp_path, test)


@pytest.mark.broad
@pytest.mark.parametrize("addresses", [1, 10])
@pytest.mark.parametrize("keeps", [True, False], ids=["with its cookie", "without it"])
def test_one_laptop_holds_no_seat_that_it_was_not_let_into_however_often_it_tries(tmp_path, addresses, keeps):
    async def test(tried):
        owner = tried.phone("192.0.2.200")
        await owner.sit("24")
        laptops = [tried.phone(f"203.0.113.{k}") for k in range(addresses)]
        for turn in range(2000):
            laptop = laptops[turn % addresses]
            if not keeps:
                laptop = tried.phone(laptop.address)
            await laptop.sit("" if turn % 3 == 0 else f"{turn % 24 + 1:02d}")
        course = tried.hall.room.course
        assert len(course.seats) <= addresses + 1
        assert course.seat_of(owner.cookie.partition("=")[2]) == "24"
        assert len(course.asking) <= addresses
        assert len((await tried.host.news())["door"]) <= addresses
        await tried.do("next", "next", "next", "next", "open")
        for turn in range(24):
            laptop = laptops[turn % addresses]
            await laptop.sit(f"{turn + 1:02d}")
            await laptop.bet("A")
        assert len(tried.hall.room.course.given("crawl", 1)) <= addresses

    trying(tmp_path, test)


def test_many_requests_at_the_same_moment_make_one_seat(tmp_path):
    async def test(tried):
        phones = [tried.phone("203.0.113.1") for _ in range(50)]
        await asyncio.gather(*(phone.sit() for phone in phones))
        assert len(tried.hall.room.course.seats) == 1

    trying(tmp_path, test)


def test_guests_come_in_until_there_are_half_as_many_again_as_people_and_then_the_trainer_is_asked(tmp_path):
    async def test(tried):
        deck = tried.hall.room.course.deck
        first = tried.phone("203.0.113.1")
        await first.sit()
        await tried.phone("203.0.113.1").sit()
        await let_in(tried)
        for _ in range(2000):
            await tried.phone("203.0.113.1").sit()
        assert len(tried.hall.room.course.seats) == most_guests(deck) == 36
        tag = tried.phone("203.0.113.2")
        await tag.sit("07")
        assert (await tag.news())["seat"] == "07"
        question = await let_in(tried)
        assert (question["why"], question["holds"], question["people"]) == ("guests", 36, 24)
        assert len(tried.hall.room.course.seats) == 36 + 12 + 1

    trying(tmp_path, test)


def test_the_seats_of_all_guests_can_be_taken_back_with_what_they_answer_now(tmp_path):
    async def test(tried):
        guests, tag = [tried.phone() for _ in range(5)], tried.phone()
        for phone in guests:
            await phone.sit()
        await tag.sit("07")
        await tried.do("next", "next", "next", "next", "open")
        for phone in (*guests, tag):
            await phone.bet("A")
        state = await tried.host.news()
        assert (state["tags"], state["guests"], state["got"], state["got_guests"]) == (1, 5, 1, 5)
        await tried.do("take back")
        state = await tried.host.news()
        assert (state["tags"], state["guests"], state["got"], state["got_guests"]) == (1, 0, 1, 0)
        assert (await guests[0].news())["seat"] == ""
        assert (await guests[0].bet("B")).status == 409
        await guests[0].sit()
        assert (await guests[0].news())["seat"] == "106"  # nobody gets the number of another guest

    trying(tmp_path, test)


def test_the_first_who_asks_for_a_seat_stays_the_one_who_is_asked_about_and_changes_are_counted(tmp_path):
    async def test(tried):
        owner, first, second = tried.phone(), tried.phone(), tried.phone()
        await owner.sit("07")
        await first.sit("07")
        assert "already asks for 07" in (await second.sit("07")).json()["told"]
        await tried.host.post("do", {"event": "yes", "seat": "07"})
        assert [(await phone.news())["seat"] for phone in (owner, first, second)] == ["", "07", ""]
        await owner.sit("07")
        assert (await tried.host.news())["asks"] == [{"seat": "07", "free": False, "has": "", "changed": 1}]

    trying(tmp_path, test)


def test_a_phone_that_has_a_seat_asks_for_another_one(tmp_path):
    async def test(tried):
        phone = tried.phone()
        await phone.sit("07")
        await phone.sit("08")
        assert (await phone.news())["seat"] == "07"
        assert (await tried.host.news())["asks"] == [{"seat": "08", "free": True, "has": "07", "changed": 0}]
        await tried.host.post("do", {"event": "yes", "seat": "08"})
        assert set(tried.hall.room.course.seats) == {"08"}

    trying(tmp_path, test)


def test_whoever_was_turned_away_has_no_free_seat_any_more(tmp_path):
    async def test(tried):
        owner, other = tried.phone(), tried.phone("203.0.113.9")
        await owner.sit("07")
        await other.sit("07")
        await tried.host.post("do", {"event": "no", "seat": "07"})
        for code in ("08", ""):
            await tried.phone("203.0.113.9").sit(code)
        assert set(tried.hall.room.course.seats) == {"07"}
        assert (await let_in(tried))["holds"] == 0
        assert len(tried.hall.room.course.seats) == 3

    trying(tmp_path, test)


def test_a_seat_has_one_poll_and_the_earlier_page_says_so(tmp_path):
    async def test(tried):
        phone = tried.phone()
        await phone.sit("07")
        number = (await phone.news())["number"]
        first = asyncio.create_task(phone.get(f"news?after={number}"))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(phone.get(f"news?after={number}"))
        answer = await asyncio.wait_for(first, 5)
        assert (answer.status, "open twice" in answer.json()["told"]) == (409, True)
        assert not second.done()
        await tried.do("next")
        assert (await asyncio.wait_for(second, 5)).status == 200

    trying(tmp_path, test)


def test_a_second_phone_of_a_room_that_is_opened_again_still_needs_its_yes(tmp_path):
    phones = []

    async def before(tried):
        phones.append(tried.phone("192.0.2.1"))
        await phones[0].sit("01")

    async def after(tried):
        again = tried.phone("192.0.2.1")
        again.cookie = phones[0].cookie
        assert (await again.news())["seat"] == "01"
        await tried.phone("192.0.2.1").sit("02")
        assert set(tried.hall.room.course.seats) == {"01"}

    trying(tmp_path, before)
    trying(tmp_path, after)
