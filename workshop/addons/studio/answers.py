"""Answers of the app that say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import msgspec
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse, PlainTextResponse, Response

from workshop.addons.studio.project import refused, told_problems
from workshop.errors import WorkshopError


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
        except OSError as error:
            told = refused(
                f"'{error.filename}' can't be written: {error.strerror}", "free some space, or choose a folder of yours"
            )
            return JSONResponse({"problems": told_problems(told.problems)}, 422)

    return answer
