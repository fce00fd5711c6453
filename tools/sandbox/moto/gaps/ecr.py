import os

from gaps import WHOLE, gap
from state import ACCOUNT

RULES = {"pull through cache": {}, "creation template": {}}


@gap("ecr", ["CreateRepository", "DescribeRepositories"], "the address of a repository is AWS's own, and the registry is at another port")
def repository_addresses():
    from moto.ecr.models import Repository

    registry = os.environ.get("FAIRLEAD_SANDBOX_REGISTRY")
    if not registry:
        return
    make = Repository.__init__

    def at_registry(self, *args, **options):
        make(self, *args, **options)
        self.uri = f"{registry}/{self.name}"

    Repository.__init__ = at_registry


@gap("ecr", ["*PullThroughCacheRule*", "*RepositoryCreationTemplate*"], "not implemented")
def registry_rules():
    WHOLE["AmazonEC2ContainerRegistry_V20150921"] = registry_rule


def registry_rule(name, given):
    if name.endswith(("PullThroughCacheRule", "PullThroughCacheRules")):
        keys = ("ecrRepositoryPrefix", "ecrRepositoryPrefixes", "pullThroughCacheRules")
        return rule(name, given, "pull through cache", *keys, "PullThroughCacheRuleNotFoundException")
    if "RepositoryCreationTemplate" in name:
        return rule(name, given, "creation template", "prefix", "prefixes", "repositoryCreationTemplates", "TemplateNotFoundException")
    return None


def rule(name, given, kind, key, keys, rows_key, missing):
    store = RULES[kind]
    if name.startswith("Create"):
        made = store[given[key]] = {**given, "registryId": ACCOUNT, "createdAt": 1.8e9, "updatedAt": 1.8e9}
        return 200, made if kind == "pull through cache" else {"registryId": ACCOUNT, "repositoryCreationTemplate": made}
    if name.startswith("Describe"):
        wanted = given.get(keys)
        rows = [store[prefix] for prefix in wanted or store if prefix in store]
        return (200, {rows_key: rows, "registryId": ACCOUNT}) if rows or not wanted else (400, {"__type": missing, "message": "not found"})
    if name.startswith("Delete"):
        return (200, store.pop(given[key])) if given[key] in store else (400, {"__type": missing, "message": "not found"})
    return None
