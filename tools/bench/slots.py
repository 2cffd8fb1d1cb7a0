"""What slots cost: 12210 answered with them and without, by turns in the same threads of one process.

Two servers beside each other would differ by more than that.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from wsgiref.types import WSGIApplication

from cryptography import x509

from deploy.samples import NEW_RETAILER
from deploy.stack.environment import settings_from
from models.database import Database
from runtime.client_certificates import ClientCertificate, describe_certificate
from runtime.serving import PEER_CERTIFICATE
from runtime.settings.processes import SoapSettings
from runtime.slots.taking import PlentyOfSlots, Slots
from soap_api.services import LOW_VOLTAGE, path_of
from soap_api.wsgi import hub_wsgi
from tools.bench.requests import environ_of, message
from tools.bench.stage import AnswersDiffer, Stage
from usecases.hub import hub_of
from usecases.slots import slots_of

_THREADS = 8
"""As many as the servers have."""


@dataclass(frozen=True)
class SlotCost:
    """Milliseconds of processor time for one answer, round by round."""

    slotted: list[float]
    slotless: list[float]

    @property
    def more(self) -> float:
        """How much more an answer with slots costs: the median of the rounds."""
        return median(slotted - slotless for slotted, slotless in zip(self.slotted, self.slotless, strict=True))


def measure_slots(stage: Stage, *, rounds: int, requests: int) -> SlotCost:
    """Have all threads ask both in turn, after one round that is not counted.

    :param requests: of each thread to each of both in a round.
    :raises AnswersDiffer: when one does not answer with the case that it is asked for.
    """
    settings = settings_from(SoapSettings, stage.environment)
    database = Database(settings.database_address, pool_size=_THREADS)

    def application(slots: Slots) -> WSGIApplication:
        return hub_wsgi(hub_of(settings, database=database, slots=slots), public_url=settings.soap_public_url)

    slotted, slotless = application(slots_of(settings, threads=_THREADS)), application(PlentyOfSlots())

    def ask(number: int) -> tuple[float, float]:
        """Give the thread's seconds for its answers of both."""
        seconds = {slotted: 0.0, slotless: 0.0}
        for turn in range(requests):
            for each in (slotted, slotless) if (number + turn) % 2 else (slotless, slotted):
                seconds[each] += _seconds(each, stage, stage.case_numbers[turn % len(stage.case_numbers)])
        return seconds[slotted], seconds[slotless]

    cost = SlotCost([], [])
    with ThreadPoolExecutor(_THREADS) as threads:
        for counted in range(rounds + 1):
            with_slots, without = (sum(each) for each in zip(*threads.map(ask, range(_THREADS)), strict=True))
            if counted:
                cost.slotted.append(with_slots / (_THREADS * requests) * 1000)
                cost.slotless.append(without / (_THREADS * requests) * 1000)
    database.dispose()
    return cost


def _seconds(application: WSGIApplication, stage: Stage, case_number: str) -> float:
    environ = environ_of(message(case_number=case_number, message_id="BENCH-SLOTS").encode())
    environ |= {"PATH_INFO": path_of(LOW_VOLTAGE), "REMOTE_ADDR": "127.0.0.1", PEER_CERTIFICATE: _certificate(stage)}
    began = time.thread_time()
    answer = b"".join(application(environ, lambda status, headers, problem=None: lambda data: None))
    seconds = time.thread_time() - began
    if case_number.encode() not in answer:
        raise AnswersDiffer
    return seconds


def _certificate(stage: Stage) -> ClientCertificate:
    path = stage.certificates.retailer(NEW_RETAILER)
    return describe_certificate(x509.load_pem_x509_certificate(path.read_bytes()))
