"""Who has come in: the service's own token opens everything, a program's what its scopes cover."""

from http import HTTPStatus

import msgspec
from starlette.requests import Request

from dragoman.engine import scopes
from dragoman.engine.scopes import Scope
from dragoman.engine.tokens import Token
from dragoman.web.problems import Refused

KEY = "dragoman.visitor"
"""Where the doorman says who it is."""


class Visitor(msgspec.Struct, frozen=True):
    token: Token | None = None
    """A program's; nothing stands for a command on this machine."""

    @property
    def id(self) -> str:
        return self.token.id if self.token is not None else ""

    def may(self, scope: Scope) -> bool:
        return self.token is None or scopes.covered(self.token.scopes, scope)

    def need(self, scope: Scope) -> None:
        """Refuse whoever may not do this.

        Raises:
            Refused: names the scope that is missing, and how to get it.
        """
        if not self.may(scope):
            way = f"`dragoman tokens add NAME {scope}`"
            raise Refused(
                HTTPStatus.FORBIDDEN,
                f"this token has no scope {scope}",
                fix=f"a token keeps its scopes: make a new one, {way}",
                challenge=f'error="insufficient_scope", scope="{scope}"',
            )

    def need_commands(self) -> None:
        """Refuse all programs: this is for the commands on this machine.

        Raises:
            Refused: it is one.
        """
        if self.token is not None:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "no token may do this",
                fix="use the `dragoman` command on the machine of the service",
            )


def of(request: Request) -> Visitor:
    found: Visitor = request.scope[KEY]
    return found
