"""Errors in the shape of the service that was asked, by AWS's own models of the services: an SDK takes any other for an answer it can't read."""

import warnings

from botocore.exceptions import UnknownServiceError
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel
from moto.core.request import determine_request_protocol
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model

# Services that sign by another name than their model's.
MODELS = {"elasticfilesystem": "efs", "elasticloadbalancing": "elbv2", "monitoring": "cloudwatch"}


class Refused(ServiceException):
    """AWS refuses this, by its own code; moto answers it as it does its own errors."""


class NotInMoto(ServiceException):
    code = "NotInMoto"


# No service has it in its model. A code of AWS's that its model has not is worth the warning.
warnings.filterwarnings("ignore", r"Exception\(NotInMoto\)")


def serialized(error, service, content_type):
    """Status, headers and body of an error."""
    try:
        model = get_service_model(MODELS.get(service, service))
        protocol = determine_request_protocol(model, content_type)
        serializer = get_serializer_class(model.service_name, protocol)
    except (UnknownServiceError, NotImplementedError, KeyError):
        # A protocol that moto doesn't speak, CBOR for one: JSON is at least to be read by people.
        model, serializer = get_service_model("ecs"), get_serializer_class("ecs", "json")
    answer = serializer(OperationModel({}, model)).serialize(error)
    return answer["status_code"], list(answer["headers"].items()), answer["body"].encode()
