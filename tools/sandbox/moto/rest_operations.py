"""Operations of the services whose requests don't name theirs: AWS's own models, which botocore brings along, say which method and path mean
which. Prints, as JSON by the service of a signature, `[operation, method, path, required parameters of the query]`.
"""

import json
import re

from botocore.loaders import Loader


def required_query(model, operation):
    shape = model["shapes"].get(operation.get("input", {}).get("shape"), {})
    members = [shape["members"][name] for name in shape.get("required", [])]
    return [member["locationName"] for member in members if member.get("location") == "querystring"]


def operations(model):
    for name, operation in model["operations"].items():
        if not operation.get("deprecated"):
            http = operation["http"]
            # CloudFront's have the version of its API.
            yield [re.sub(r"\d{4}_\d{2}_\d{2}$", "", name), http["method"], http["requestUri"], required_query(model, operation)]


def all_services():
    loader, found = Loader(), {}
    for service in loader.list_available_services("service-2"):
        model = loader.load_service_model(service, "service-2")
        about = model["metadata"]
        if about.get("protocol", "").startswith("rest-"):
            found.setdefault(about.get("signingName") or about["endpointPrefix"], []).extend(operations(model))
    return found


if __name__ == "__main__":
    print(json.dumps(all_services()))
