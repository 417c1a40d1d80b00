"""A room alone in a process: it listens on this computer, prints its port and the secret of its remote, and ends with its input.

python -m tests.addons.live.lone_room PEOPLE FOLDER
"""

import asyncio
import sys
from pathlib import Path

from msgspec.structs import replace

from tests.addons.live.hall import CODE, DECK, RIGHT, SLIDES
from workshop.addons.live.network import Place
from workshop.addons.live.room import Room
from workshop.addons.live.routes import Hall
from workshop.addons.live.slides import Slides
from workshop.addons.studio.teach import connections
from workshop.addons.web.serve import Beside, listening

HOST = "127.0.0.1"


async def main(people, folder):
    async def nothing(*_):
        return {"slides": [], "told": ""}

    room = Room(folder / "room.db", replace(DECK, people=people), RIGHT)
    writing = asyncio.create_task(room.run())
    at = listening(0, HOST, 18080)
    place = Place(host=HOST, port=at.getsockname()[1], code=CODE)
    hall = Hall(room, place, Slides("A workshop", SLIDES), nothing, nothing)
    beside = Beside(hall.app, at, connections(people), hall.end, hall.knows)
    sys.stdout.write(f"{place.port} {hall.host}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await beside.end()
    writing.cancel()
    room.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
