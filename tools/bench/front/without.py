"""The hub's own SOAP application without the front: what the front is measured by."""

from models.database import Database
from runtime.settings.processes import SoapSettings
from soap_api.wsgi import hub_wsgi
from tools.bench.front.serving import serve_without_front
from usecases.hub import hub_of
from usecases.slots import slots_of

if __name__ == "__main__":
    chosen = SoapSettings.from_environment()
    hub = hub_of(
        chosen,
        database=Database(chosen.database_address, pool_size=chosen.soap_threads),
        slots=slots_of(chosen, threads=chosen.soap_threads, file=chosen.soap_slots_file),
    )
    serve_without_front(hub_wsgi(hub, public_url=chosen.soap_public_url))
