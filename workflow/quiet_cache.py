"""The cache in Redis, which may be away: then nothing is found and nothing kept, and every page answers all the same.

What a cache holds can be computed again, so a Redis that is stopped makes pages slower and no page fail. After a
failure it is left alone for some seconds: a server that does not even refuse would otherwise cost each page its
patience again and again.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for Redis to answer."""
LEFT_ALONE = 5.0
"""Seconds after a failure during which it is not asked."""


class QuietClient(RedisCacheClient):
    """Redis, or nothing."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience: dict[str, Any] = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(servers, **patience | options)
        self.asked_again_at = 0.0

    def asked(self, deed: Callable[[], Any], instead: Any) -> Any:
        """What Redis answers; ``instead`` while it does not."""
        if monotonic() < self.asked_again_at:
            return instead
        try:
            return deed()
        except RedisError as error:
            self.asked_again_at = monotonic() + LEFT_ALONE
            log.warning("the cache does not answer (%s); pages are made without it", type(error).__name__)
            return instead

    def add(self, *given: Any) -> Any:
        return self.asked(lambda: super(QuietClient, self).add(*given), False)

    def get(self, key: Any, default: Any = None) -> Any:
        return self.asked(lambda: super(QuietClient, self).get(key, default), default)

    def set(self, *given: Any) -> Any:
        self.asked(lambda: super(QuietClient, self).set(*given), None)

    def touch(self, *given: Any) -> Any:
        return self.asked(lambda: super(QuietClient, self).touch(*given), False)

    def delete(self, key: Any) -> Any:
        return self.asked(lambda: super(QuietClient, self).delete(key), False)

    def get_many(self, keys: Any) -> Any:
        return self.asked(lambda: super(QuietClient, self).get_many(keys), {})

    def has_key(self, key: Any) -> Any:
        return self.asked(lambda: super(QuietClient, self).has_key(key), False)

    def incr(self, key: Any, *given: Any) -> int:
        """Raises: ValueError for a key that is not there, as ever; without Redis none is."""
        found: int | None = self.asked(lambda: super(QuietClient, self).incr(key, *given), None)
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return found

    def set_many(self, *given: Any) -> Any:
        self.asked(lambda: super(QuietClient, self).set_many(*given), None)

    def delete_many(self, keys: Any) -> Any:
        self.asked(lambda: super(QuietClient, self).delete_many(keys), None)

    def clear(self) -> Any:
        return self.asked(super().clear, False)


class QuietRedisCache(RedisCache):
    """For ``CACHES``: Django's own, with that client."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = QuietClient

    @property
    def is_away(self) -> bool:
        """Whether Redis has just not answered."""
        client: QuietClient = self._cache  # type: ignore[assignment]  # made of the class above
        return monotonic() < client.asked_again_at
