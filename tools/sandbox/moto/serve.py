"""AWS's APIs on 127.0.0.1 by moto, with what it lacks (gaps/), what AWS refuses and it lets pass (strict.py), and what an account has before
the first `up` (existing_resources.py). Every request that fails is a line of the log, so that nothing is refused in silence.

use: serve.py PORT LOG
"""
import io
import json
import os
import re
import sys
import traceback

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: E402  reads the variables above
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

import errors  # noqa: E402
import existing_resources  # noqa: E402
import gaps  # noqa: E402
import inventory  # noqa: E402
import strict  # noqa: E402


def backend(service):
    app = create_backend_app(service)
    # An exception of moto's own reaches `answer`, which says so in the protocol of the service.
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


application = DomainDispatcherApplication(backend)


class Requests:
    """Answers by moto; what moto has not is an error of AWS's shape that no SDK repeats."""

    def __init__(self, log):
        self.log = log

    def __call__(self, environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(body)
        if environ["PATH_INFO"] == "/fairlead/inventory":
            return respond(start_response, "200 OK", [("Content-Type", "application/json")], json.dumps(inventory.lines()).encode())
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        completed = gaps.operation(target, body) if target else None
        if completed:
            status, document = completed
            return respond(start_response, f"{status} X", [("Content-Type", "application/x-amz-json-1.1")], json.dumps(document).encode())
        answered = {}

        def start(status, headers, _=None):
            answered.update(status=status, headers=headers)
            return lambda data: None

        try:
            out = by_moto(environ, body, start)
        except NotImplementedError as error:
            return self.refuse(environ, body, start_response, f"moto has no {operation_of(environ, body)}: {error}")
        except BaseException as error:
            self.write(environ, body, "500", traceback.format_exc()[-1500:])
            return self.refuse(environ, body, start_response, f"moto fails at {operation_of(environ, body)}: {error!r}")
        if answered["status"].startswith("404") and b"<!doctype html>" in out[:100].lower():
            return self.refuse(environ, body, start_response, f"moto has no {operation_of(environ, body)}")
        if answered["status"][0] in "45":
            self.write(environ, body, answered["status"][:3], out[:600].decode("utf8", "replace"))
        return respond(start_response, answered["status"], answered["headers"], out)

    def refuse(self, environ, body, start_response, message):
        error = errors.NotInMoto(message)
        self.write(environ, body, error.code, message)
        status, headers, out = errors.serialized(error, service_of(environ), environ.get("CONTENT_TYPE", ""))
        return respond(start_response, f"{status} X", headers, out)

    def write(self, environ, body, status, answer):
        line = {
            "service": service_of(environ),
            "operation": operation_of(environ, body),
            "status": status,
            "answer": answer,
            # No values of secrets in a log.
            "body": "" if service_of(environ) == "secretsmanager" else body[:1000].decode("utf8", "replace"),
        }
        self.log.write(json.dumps(line) + "\n")


def by_moto(environ, body, start):
    """What moto answers. Its threads share what it keeps: a question that met another thread's writing is asked again."""
    is_question = re.match(r"(List|Get|Describe|GET )", operation_of(environ, body))
    for _ in range(20 if is_question else 0):
        try:
            return b"".join(application(environ, start))
        except RuntimeError as error:
            if "changed size during iteration" not in str(error):
                raise
            environ["wsgi.input"] = io.BytesIO(body)
    return b"".join(application(environ, start))


def respond(start_response, status, headers, body):
    start_response(status, headers)
    return [body]


def service_of(environ):
    scope = re.search(r"/([a-z0-9-]+)/aws4_request", environ.get("HTTP_AUTHORIZATION", ""))
    return scope and scope.group(1)


def operation_of(environ, body):
    if environ.get("HTTP_X_AMZ_TARGET"):
        return environ["HTTP_X_AMZ_TARGET"].split(".")[-1]
    action = re.search(rb"(?:^|&)Action=([A-Za-z]+)", body)
    return action.group(1).decode() if action else f'{environ["REQUEST_METHOD"]} {environ["PATH_INFO"]}?{environ.get("QUERY_STRING", "")}'


class Quiet(WSGIRequestHandler):
    def log(self, *_, **__):
        pass


if __name__ == "__main__":
    gaps.install()
    existing_resources.install()
    strict.install()
    handler = Requests(open(sys.argv[2], "a", buffering=1))
    make_server("127.0.0.1", int(sys.argv[1]), handler, threaded=True, request_handler=Quiet).serve_forever()
