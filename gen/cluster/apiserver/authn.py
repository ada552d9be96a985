"""Who asks? The first link of the chain.

Real clusters read a client certificate or a token; here a client is made with its user. A request that brings no
credentials is not refused: it goes on as `system:anonymous`, and authorization says no.
"""

from __future__ import annotations

from gen.cluster.apiserver import status
from gen.cluster.apiserver.request import Call, Obj, World


def authenticate(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """Let pass whoever is somebody. Raises StatusError 401 for credentials that nobody issued."""
    if not call.user.name:
        raise status.unauthorized()
    return obj
