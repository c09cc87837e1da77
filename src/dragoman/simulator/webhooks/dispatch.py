"""From a happening to signed requests: held back, doubled, sent again, as is asked for."""

import asyncio
from collections.abc import Callable
from itertools import count

from dragoman.kernel import jsons
from dragoman.kernel.clock import Clock, iso
from dragoman.kernel.jsons import Json
from dragoman.simulator.background import Background
from dragoman.simulator.mint import Mint
from dragoman.simulator.settings import SimulatorSettings
from dragoman.simulator.webhooks import resends
from dragoman.simulator.webhooks.deliveries import Attempt, Deliveries, Delivery
from dragoman.simulator.webhooks.faults import WebhookFaults
from dragoman.simulator.webhooks.post import CONNECTIONS, Deliver, NoAnswer, Post
from dragoman.simulator.webhooks.signature import KEY_BYTES, Signer
from dragoman.simulator.webhooks.subscriptions import Subscriptions

PATIENCE = 10.0
"""Seconds that one try may take; the vendor's figure is published nowhere."""


class Dispatch:
    """The webhooks of one app, for every location."""

    def __init__(
        self,
        clock: Clock,
        mint: Mint,
        settings: Callable[[], SimulatorSettings],
        deliver: Deliver | None = None,
    ) -> None:
        self.subscriptions = Subscriptions()
        self.deliveries = Deliveries()
        self.faults = WebhookFaults()
        self.signer = Signer(mint.noise("webhook key", KEY_BYTES))
        self.app_id = mint.hexadecimal("webhook app", 24)
        self._clock = clock
        self._mint = mint
        self._settings = settings
        self._post = Post()
        self._deliver = deliver or self._post
        self._background = Background()
        self._slots = asyncio.Semaphore(CONNECTIONS)

    def publish(
        self, kind: str, location_id: str, company_id: str, fields: dict[str, Json]
    ) -> Delivery | None:
        """Tell the subscriber of that location, if there is one who wants this type.

        Fields may put their own words in place of the envelope's; a null leaves one out.
        """
        subscription = self.subscriptions.of(location_id)
        if subscription is None or kind not in (subscription.types or {kind}):
            return None
        now, webhook_id = self._clock.now(), self._mint.uuid("webhook")
        event = {
            "type": kind,
            "locationId": location_id,
            "companyId": company_id,
            "timestamp": iso(now),
            "webhookId": webhook_id,
            "appId": self.app_id,
            "versionId": self.app_id,
            **fields,
        }
        body = jsons.encode({name: one for name, one in event.items() if one is not None})
        delivery = self.deliveries.add(webhook_id, kind, location_id, body, now)
        if self._struck("drop", self.faults.drop):
            return delivery
        for _ in range(2 if self._struck("double", self.faults.double) else 1):
            self._send(delivery, self._held_back())
        return delivery

    def resend(self, delivery: Delivery) -> None:
        """Send the same bytes once more, as a person does with the vendor's button."""
        self._send(delivery, 0.0)

    async def stop(self) -> None:
        await self._background.stop()
        await self._post.close()

    def _struck(self, fault: str, probability: float) -> bool:
        return probability > 0 and self._mint.fraction(f"webhook {fault}") < probability

    def _held_back(self) -> float:
        faults = self.faults
        late = faults.late_seconds if self._struck("late", faults.late) else 0.0
        return late + faults.shuffle_seconds * self._mint.fraction("webhook shuffle")

    def _send(self, delivery: Delivery, held_back: float) -> None:
        delivery.copies += 1
        delivery.open += 1
        self._background.start(self._carry(delivery, delivery.copies, held_back))

    async def _carry(self, delivery: Delivery, copy: int, held_back: float) -> None:
        try:
            if held_back:
                await self._clock.sleep(held_back)
            for tries in count(1):
                status = await self._try(delivery, copy)
                pause = self._pause(status, tries)
                if pause is None:
                    return
                await self._clock.sleep(pause)
        finally:
            delivery.open -= 1

    def _pause(self, status: int | None, tries: int) -> float | None:
        settings, fraction = self._settings(), self._mint.fraction("webhook pause")
        pause = resends.pause(settings.webhook_resends, status, tries, fraction)
        return None if pause is None else pause * settings.webhook_time_scale

    async def _try(self, delivery: Delivery, copy: int) -> int | None:
        """One try, to wherever the subscription leads by now."""
        async with self._slots:
            at = self._clock.now()
            subscription = self.subscriptions.of(delivery.location_id)
            url = subscription.url if subscription else None
            status = await self._answer(url, delivery.body) if url else None
            delivery.attempts.append(Attempt(copy, at, status))
            return status

    async def _answer(self, url: str, body: bytes) -> int | None:
        """The status, or None if none came in time."""
        headers = {
            "Content-Type": "application/json",
            **self.signer.headers(self._settings(), body),
        }
        posting = asyncio.ensure_future(self._deliver(url, headers, body))
        patience = asyncio.ensure_future(self._clock.sleep(PATIENCE))
        try:
            await asyncio.wait((posting, patience), return_when=asyncio.FIRST_COMPLETED)
            return posting.result() if posting.done() else None
        except NoAnswer:
            return None
        finally:
            posting.cancel()
            patience.cancel()
