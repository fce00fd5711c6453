"""What exists in moto's account: whatever its backends hold, a line each. (moto's own list has what was deleted as well.)"""

import sys

from moto import backends
from moto.core.common_models import BaseModel

from state import ACCOUNT

KEYS = ("arn", "id", "resource_id", "name", "key", "physical_resource_id")
# What every account has from AWS.
OF_AWS = {"amis", "aws_managed_policies", "account_summary"}
# moto keeps the network ACL of a VPC that is deleted.
KEPT_BY_MOTO = {"network_acls"}
# References of one backend to another.
BACKENDS = {"ec2_backend"}
# AWS keeps and shows these for a while after they are deleted, or until their time has come.
GONE = {"INACTIVE", "deleted", "deleting", "DELETED", "terminated", "PendingDeletion"}


def lines():
    found = set()
    for service in backends.list_of_moto_modules():
        models = sys.modules.get(f"moto.{service}.models")
        accounts = getattr(models, f"{service}_backends", {})
        if ACCOUNT not in accounts:
            continue
        for backend in accounts[ACCOUNT].values():
            for attribute, value in vars(backend).items():
                if attribute not in OF_AWS | KEPT_BY_MOTO | BACKENDS:
                    collect(found, service, attribute, value, 3)
    return sorted(found)


def collect(found, service, attribute, value, depth):
    if isinstance(value, BaseModel):
        status = str(getattr(value, "status", None) or getattr(value, "state", None) or getattr(value, "key_state", None))
        name = named(value)
        if status not in GONE and "::aws:policy/" not in name:
            found.add(f"{service} {attribute} {name}")
    elif depth and isinstance(value, dict):
        for each in list(value.values()):
            collect(found, service, attribute, each, depth - 1)
    elif depth and isinstance(value, (list, tuple, set)):
        for each in list(value):
            collect(found, service, attribute, each, depth - 1)


def named(thing):
    for key in KEYS:
        try:
            value = getattr(thing, key, None)
        except Exception:  # A property that moto has not.
            continue
        if isinstance(value, str) and value:
            return value
    return type(thing).__name__
