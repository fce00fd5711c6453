from gaps import WHOLE, gap
from state import ACCOUNT

REPOSITORIES = {}


@gap("ecr-public", ["*"], "not implemented")
def public_repositories():
    WHOLE["SpencerFrontendService"] = public_repository


def public_repository(name, given):
    store = REPOSITORIES
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
