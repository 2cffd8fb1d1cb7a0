"""The web server process: ``python -m web.server``. Stops gracefully on SIGTERM."""

from runtime.logs import set_up_logs
from runtime.serving import Address, Strength, serve
from runtime.settings import settings
from web.app import create_app


def main() -> None:
    """This function will serve until it is told to stop."""
    set_up_logs("web")
    chosen = settings()
    serve(
        create_app(chosen),
        address=Address(chosen.web_host, chosen.web_port),
        strength=Strength(workers=1, threads=8),
    )


if __name__ == "__main__":
    main()
