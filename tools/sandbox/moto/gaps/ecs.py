import json

import task_start
from gaps import gap


@gap("ecs", ["CreateService", "UpdateService", "DescribeServices"], "forgets most settings of a service, and starts no task")
def services():
    """Tasks are said to run as soon as they are asked for: a task that really runs is not moto's part."""
    from botocore import xform_name
    from moto.ecs.models import Service
    from moto.ecs.responses import EC2ContainerServiceResponse

    kept_by_moto = {"cluster", "serviceName", "service", "taskDefinition", "desiredCount", "clientToken", "loadBalancers", "tags", "role", "serviceRegistries"}
    of_deployments = ("serviceConnectConfiguration", "volumeConfigurations", "networkConfiguration")
    create, update, make = EC2ContainerServiceResponse.create_service, EC2ContainerServiceResponse.update_service, Service.__init__

    def settle(self, answer, created, deployed=None):
        service = answer._result["service"]
        given = self._get_params()
        for key, value in given.items():
            if key == "deploymentConfiguration":
                value = {**(deployed or {}), **value}
            if key not in kept_by_moto and not (created and key == "networkConfiguration"):
                setattr(service, xform_name(key), value)
        strategy = given.get("capacityProviderStrategy")
        if strategy:
            service.launch_type = None
            service.platform_version = service.platform_version or "LATEST"
        service.running_count, service.pending_count = service.desired_count, 0
        for deployment in service.deployments:
            if strategy:
                deployment.update(launchType=None, capacityProviderStrategy=strategy)
            deployment.update({key: given[key] for key in of_deployments if given.get(key)})
            deployment.update(runningCount=service.desired_count, pendingCount=0, rolloutState="COMPLETED", rolloutStateReason="ECS deployment completed.")
        return answer

    def updated(self):
        given = self._get_params()
        known = self.ecs_backend.services.get(f"{given.get('cluster', 'default').split('/')[-1]}:{given['service'].split('/')[-1]}")
        # moto's update puts what it is given in its place.
        deployed = getattr(known, "deployment_configuration", None)
        return settle(self, update(self), False, deployed)

    def without_empty_network(self, *args, **options):
        make(self, *args, **options)
        self.network_configuration = self.network_configuration or None

    EC2ContainerServiceResponse.create_service = lambda self: settle(self, create(self), True)
    EC2ContainerServiceResponse.update_service = updated
    Service.__init__ = without_empty_network
    Service.__str__ = lambda self: self.name


@gap("ecs", ["RunTask"], "starts no task, and makes network interfaces that stay")
def jobs():
    """What ECS refuses is refused (strict.py); what the task lacks is the answer, and src/ecs/ecsTasks.ts makes the task that ends for it, or runs."""
    from moto.ecs.responses import EC2ContainerServiceResponse

    def run_task(self):
        given = self._get_params()
        definition = self.ecs_backend.describe_task_definition(given["taskDefinition"])
        return json.dumps({"lacks": task_start.note_lacks(f"job {definition.family}", given)})

    EC2ContainerServiceResponse.run_task = run_task


@gap("ecs", ["ListServices"], "lists services that are deleted")
def active_services():
    from moto.ecs.models import EC2ContainerServiceBackend

    listed = EC2ContainerServiceBackend.list_services

    def active(self, *args, **options):
        arns = {service.arn for service in self.services.values() if service.status == "ACTIVE"}
        return [arn for arn in listed(self, *args, **options) if arn in arns]

    EC2ContainerServiceBackend.list_services = active


@gap("ecs", ["DescribeServices", "DescribeClusters", "DescribeTasks"], "keeps what the last one asked for, tags or none, for all that are answered at once")
def tags_of_each_request():
    from moto.core.responses import BaseResponse

    def of_this_one(change):
        def changed(self, path):
            # A response answers one request; the dictionary is its class's.
            self.RESPONSE_KEY_PATH_TO_TRANSFORMER = dict(self.RESPONSE_KEY_PATH_TO_TRANSFORMER)
            change(self, path)

        return changed

    BaseResponse._include_in_response = of_this_one(BaseResponse._include_in_response)
    BaseResponse._exclude_from_response = of_this_one(BaseResponse._exclude_from_response)
