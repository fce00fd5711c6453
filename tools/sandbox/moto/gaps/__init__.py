"""What moto 5.2 lacks or forgets of what the AWS provider calls, a file for each service. `python -m gaps` prints the whole list: the service, the
operations and what moto does. Each gap completes moto by AWS's documented answer and believes nothing that AWS would refuse.
"""

import importlib
import json
import pkgutil

GAPS = []
# Who answers the operations that moto has not at all, by the service as X-Amz-Target names it.
WHOLE = {}


def gap(service, operations, what):
    def keep(install_gap):
        GAPS.append((service, operations, what, install_gap))
        return install_gap

    return keep


def listed():
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")):
        importlib.import_module(f"{__name__}.{module}")
    return GAPS


def install():
    for *_, install_gap in listed():
        install_gap()


def operation(target, body):
    """Status and document of an operation that is answered here as a whole; nothing for all others."""
    service, _, name = target.rpartition(".")
    return WHOLE[service](name, json.loads(body or b"{}")) if service in WHOLE else None
