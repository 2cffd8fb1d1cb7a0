"""Flask's hello-world: what a request costs that asks for nothing."""

from flask import Flask

from tools.bench.serving import serve_like_the_hub


def hello_application() -> Flask:
    """Make an application that greets whoever posts anything anywhere."""
    application = Flask(__name__)

    @application.post("/<path:path>")
    def hello(path: str) -> str:
        return "Hello, World!"

    return application


if __name__ == "__main__":
    serve_like_the_hub(hello_application())
