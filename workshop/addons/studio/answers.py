"""Answers of the app that say what is wrong."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from functools import wraps
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from workshop import limits
from workshop.addons.studio.form import refused
from workshop.addons.studio.project import Project, told_problems
from workshop.errors import WorkshopError
from workshop.inputs.inside import RefusedError


def answering(
    method: Callable[[Any, Asked], Coroutine[Any, Any, Response]],
) -> Callable[[Any, Asked], Coroutine[Any, Any, Response]]:
    """Answer with the problems if there are any."""

    @wraps(method)
    async def answer(self: Any, asked: Asked) -> Response:
        try:
            return await method(self, asked)
        except KeyError:
            return PlainTextResponse("There is nothing here.", 404)
        except msgspec.MsgspecError as error:
            return JSONResponse({"problems": told_problems(refused(str(error)).problems)}, 422)
        except WorkshopError as error:
            return JSONResponse({"problems": told_problems(error.problems)}, 422)
        except RefusedError as error:
            told = refused(f"'{error.filename or 'a file'}' isn't used: {error.strerror}", error.hint)
            return JSONResponse({"problems": told_problems(told.problems)}, 422)
        except OSError as error:
            told = refused(
                f"'{error.filename}' can't be written: {error.strerror}", "free some space, or choose a folder of yours"
            )
            return JSONResponse({"problems": told_problems(told.problems)}, 422)

    return answer


PIECE = 256 * 1024  # bytes that are sent at once


async def sent(project: Project, name: str, headers: dict[str, str]) -> Response:
    """Answer with a file of a workshop's folder.

    Raises:
        KeyError: if there is none, or a link is on the way to it.
    """
    try:
        file = await asyncio.to_thread(project.inside.open, name, int(limits.UNPACKED_BYTES))
    except OSError as error:
        raise KeyError(name) from error
    size = os.fstat(file.fileno()).st_size
    return StreamingResponse(_pieces(file), headers={**headers, "Content-Length": str(size)})


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        left = os.fstat(file.fileno()).st_size
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def as_file(name: str) -> dict[str, str]:
    """Return the header with which a browser keeps an answer as a file, and shows nothing of it."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
