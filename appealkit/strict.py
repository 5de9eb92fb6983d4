"""What every value that is read from outside is made of: known fields that do not change; and how one is refused."""

from typing import Annotated, LiteralString, NoReturn

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

Id = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,80}$")]
"""The name of an exercise or a rule."""


class Strict(BaseModel):
    """A value whose fields are all known, and stay what they are."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)  # built when first used


def refuse(problem: LiteralString, field: str = "", **context: object) -> NoReturn:
    """Refuse a value.

    Args:
        problem: the type of the error: a key of `problem` in the strings.
        field: the path below what refuses.
        context: what fills the words.

    Raises:
        PydanticCustomError: always.
    """
    raise PydanticCustomError(problem, problem, {"field": field, **context})
