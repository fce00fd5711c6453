"""Operations of ECR and ECR Public that moto has not at all; gaps.py lists them."""

import json

from state import ACCOUNT

MISSING = {"ptc": {}, "rct": {}, "public": {}}


def operation(target, body):
    """Whole operations that moto has not; nothing for all others."""
    name = target.split(".")[-1]
    given = json.loads(body or b"{}")
    if target.startswith("SpencerFrontendService."):
        return public_repository(name, given)
    if not target.startswith("AmazonEC2ContainerRegistry_V20150921."):
        return None
    if name.endswith(("PullThroughCacheRule", "PullThroughCacheRules")):
        return rule(name, given, "ptc", "ecrRepositoryPrefix", "ecrRepositoryPrefixes", "pullThroughCacheRules", "PullThroughCacheRuleNotFoundException")
    if "RepositoryCreationTemplate" in name:
        return rule(name, given, "rct", "prefix", "prefixes", "repositoryCreationTemplates", "TemplateNotFoundException")
    return None


def rule(name, given, kind, key, keys, listed, missing):
    store = MISSING[kind]
    if name.startswith("Create"):
        store[given[key]] = {**given, "registryId": ACCOUNT, "createdAt": 1.8e9, "updatedAt": 1.8e9}
        made = store[given[key]]
        return 200, made if kind == "ptc" else {"registryId": ACCOUNT, "repositoryCreationTemplate": made}
    if name.startswith("Describe"):
        wanted = given.get(keys)
        rows = [store[prefix] for prefix in wanted or store if prefix in store]
        return (200, {listed: rows, "registryId": ACCOUNT}) if rows or not wanted else (400, {"__type": missing, "message": "not found"})
    if name.startswith("Delete"):
        return (200, store.pop(given[key])) if given[key] in store else (400, {"__type": missing, "message": "not found"})
    return None


def public_repository(name, given):
    store = MISSING["public"]
    repository = given.get("repositoryName") or (given.get("repositoryNames") or [None])[0]
    if name == "ListTagsForResource":
        return 200, {"tags": []}
    if name == "CreateRepository":
        arn = f"arn:aws:ecr-public::{ACCOUNT}:repository/{repository}"
        about = {"repositoryName": repository, "registryId": ACCOUNT, "createdAt": 1.8e9, "repositoryArn": arn}
        store[repository] = {"about": {**about, "repositoryUri": f"public.ecr.aws/a1b2c3d4/{repository}"}, "catalog": given.get("catalogData") or {}}
        return 200, {"repository": store[repository]["about"], "catalogData": store[repository]["catalog"]}
    if repository not in store:
        return 400, {"__type": "RepositoryNotFoundException", "message": "no such repository"}
    if name == "DescribeRepositories":
        return 200, {"repositories": [store[repository]["about"]]}
    if name in ("GetRepositoryCatalogData", "PutRepositoryCatalogData"):
        store[repository]["catalog"] = given.get("catalogData", store[repository]["catalog"])
        return 200, {"catalogData": store[repository]["catalog"]}
    if name == "DeleteRepository":
        return 200, {"repository": store.pop(repository)["about"]}
    return None
