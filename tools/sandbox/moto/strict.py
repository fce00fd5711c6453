"""What AWS refuses and moto lets pass: the order in which things are made and deleted, mostly. Each refusal has the error that AWS documents for
the operation, or that users report of it where the documents only say that it fails; an operation that AWS might accept is never refused here.
tests/test_strict_*.py has a request that is refused and its neighbour that is not, for each.
"""

import json

import state
import task_start
from errors import Refused


def before(owner, name, check):
    """Lets `check` refuse before moto's own operation."""
    operation = getattr(owner, name)

    def checked(self, *args, **options):
        check(self, *args, **options)
        return operation(self, *args, **options)

    setattr(owner, name, checked)


def after(owner, name, change):
    """Lets `change` have the last word on what moto has made."""
    operation = getattr(owner, name)

    def changed(self, *args, **options):
        made = operation(self, *args, **options)
        change(made)
        return made

    setattr(owner, name, changed)


# ECS CreateService: a provider must be associated with the cluster, and a namespace that is not there has an error of its own. For a target
# group that no listener uses the documents want a load balancer; its error is in https://github.com/hashicorp/terraform/issues/32908.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
def service(request):
    given = request._get_params()
    routed = state.routed_target_groups()
    for load_balancer in given.get("loadBalancers") or []:
        arn = load_balancer.get("targetGroupArn")
        if arn and arn not in routed:
            raise Refused("InvalidParameterException", f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
    capacity_providers(given)
    discovery = state.backend("servicediscovery")
    for registry in given.get("serviceRegistries") or []:
        if registry["registryArn"] not in [known.arn for known in discovery.services.values()]:
            raise Refused("InvalidParameterException", f"Service registry {registry['registryArn']} not found")
    connect = given.get("serviceConnectConfiguration") or {}
    namespace = connect.get("enabled") and connect.get("namespace")
    if namespace and not any(namespace in (known.arn, known.name) for known in discovery.namespaces.values()):
        raise Refused("NamespaceNotFoundException", f"The specified namespace was not found: {namespace}")
    task_start.note_lacks(f"service {given['serviceName']}", given)


# ECS RunTask: ClusterNotFoundException for a cluster that is deleted, InvalidParameterException for a network that is not there.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
def job(request):
    given = request._get_params()
    ecs = state.backend("ecs")
    if ecs._get_cluster(given.get("cluster") or "default").status != "ACTIVE":
        raise Refused("ClusterNotFoundException", "Cluster not found.")
    capacity_providers(given)
    network = (given.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    if not network and ecs.describe_task_definition(given["taskDefinition"]).network_mode == "awsvpc":
        raise Refused("InvalidParameterException", "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    known = {subnet for subnets in state.backend("ec2").subnets.values() for subnet in subnets}
    for subnet_id in network.get("subnets") or []:
        if subnet_id not in known:
            raise Refused("InvalidParameterException", f"The subnet ID '{subnet_id}' does not exist")
    for group_id in network.get("securityGroups") or []:
        if state.backend("ec2").get_security_group_from_id(group_id) is None:
            raise Refused("InvalidParameterException", f"The security group '{group_id}' does not exist")


def capacity_providers(given):
    cluster = state.backend("ecs")._get_cluster(given.get("cluster") or "default")
    for strategy in given.get("capacityProviderStrategy") or []:
        if strategy["capacityProvider"] not in (cluster.capacity_providers or []):
            raise Refused(
                "InvalidParameterException",
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster: "
                + strategy["capacityProvider"],
            )


# Elastic Load Balancing: access logs need the bucket's policy.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
def access_logs(backend, arn, attributes):
    bucket = attributes.get("access_logs.s3.bucket")
    if str(attributes.get("access_logs.s3.enabled")).lower() == "true" and bucket:
        known = state.backend("s3").buckets.get(bucket)
        if known is None or not known.policy:
            raise Refused("InvalidConfigurationRequest", f"Access Denied for bucket: {bucket}. Please check S3bucket permission")


# One subnet for each zone, of two zones at least, and a gateway for a public one (its error: https://github.com/openshift/installer/issues/1110).
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
def load_balancer(backend, name, security_groups, subnet_ids, subnet_mappings=None, scheme="internet-facing", *_, **options):
    ids = [*(subnet_ids or []), *[mapping.get("SubnetId") for mapping in subnet_mappings or []]]
    subnets = [state.backend("ec2").get_subnet(each) for each in ids]
    zones = [str(subnet.availability_zone) for subnet in subnets]
    if (options.get("loadbalancer_type") or "application") == "application" and len(set(zones)) < 2:
        raise Refused("ValidationError", "At least two subnets in two different Availability Zones must be specified")
    if len(set(zones)) < len(zones):
        raise Refused("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    if scheme != "internal" and subnets and not state.has_internet_gateway(subnets[0].vpc_id):
        raise Refused("InvalidSubnet", f"VPC {subnets[0].vpc_id} has no internet gateway")


# EC2 makes a NAT gateway that fails a moment later.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
def nat_gateway(made):
    if made.connectivity_type != "private" and not state.has_internet_gateway(made.vpc_id):
        made.state, made.failure_code = "failed", "Gateway.NotAttached"
        made.failure_message = f"Network {made.vpc_id} has no Internet gateway attached"


# EC2: DependencyViolation.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
def deleted_group(backend, name=None, group_id=None):
    if group_id is None:
        return
    users = state.users_of_security_group(group_id)
    for groups in backend.groups.values():
        for group in groups.values():
            rules = [*group.ingress_rules, *group.egress_rules]
            if group.id != group_id and any((rule.source_group or {}).get("GroupId") == group_id for rule in rules):
                users.append(f"a rule of {group.name}")
    if users:
        raise Refused("DependencyViolation", f"resource {group_id} has a dependent object: {', '.join(users)}")


def deleted_subnet(backend, subnet_id):
    users = state.users_of_subnet(subnet_id)
    if users:
        raise Refused("DependencyViolation", f"The subnet '{subnet_id}' has dependencies and cannot be deleted: {', '.join(users)}")


# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
def detached_gateway(backend, internet_gateway_id, vpc_id):
    users = [each.id for each in state.nat_gateways() if each.vpc_id == vpc_id and each.connectivity_type != "private"]
    users += [each.name for each in state.backend("elbv2").load_balancers.values() if each.scheme != "internal" and each.vpc_id == vpc_id]
    if users:
        message = f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
        raise Refused("DependencyViolation", f"{message} {', '.join(users)}")


# RDS CreateDBInstance with Enhanced Monitoring.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
def database_instance(backend, options):
    arn = options.get("monitoring_role_arn")
    known = arn and state.role(arn)
    if arn and (known is None or not state.policies(known)):
        raise Refused("InvalidParameterValue", "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING")


# CloudFront's standard logs need a bucket with access control lists.
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
def distribution(backend, distribution_config, tags):
    logging = distribution_config.get("Logging") or {}
    if str(logging.get("Enabled")).lower() != "true":
        return
    bucket = state.backend("s3").buckets.get((logging.get("Bucket") or "").split(".s3")[0])
    ownership = getattr(bucket, "ownership_rule", None)
    if bucket is None or ownership is None or "BucketOwnerEnforced" in json.dumps(ownership):
        raise Refused("InvalidArgument", f"The S3 bucket that you specified for CloudFront logs does not enable ACL access: {logging.get('Bucket')}")


# RDS: ModifyDBCluster to another major version.
# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
def changed_database(backend, options):
    known = backend.clusters.get(options.get("db_cluster_identifier"))
    wanted = options.get("engine_version")
    if known and wanted and str(known.engine_version).split(".")[0] != str(wanted).split(".")[0]:
        if str(options.get("allow_major_version_upgrade")).lower() != "true":
            raise Refused("InvalidParameterCombination", "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")


def install():
    from moto.cloudfront.models import CloudFrontBackend
    from moto.ec2.models.internet_gateways import InternetGatewayBackend
    from moto.ec2.models.nat_gateways import NatGatewayBackend
    from moto.ec2.models.security_groups import SecurityGroupBackend
    from moto.ec2.models.subnets import SubnetBackend
    from moto.ecs.responses import EC2ContainerServiceResponse
    from moto.elbv2.models import ELBv2Backend
    from moto.rds.models import RDSBackend

    before(EC2ContainerServiceResponse, "create_service", service)
    before(EC2ContainerServiceResponse, "run_task", job)
    before(ELBv2Backend, "modify_load_balancer_attributes", access_logs)
    before(ELBv2Backend, "create_load_balancer", load_balancer)
    after(NatGatewayBackend, "create_nat_gateway", nat_gateway)
    before(SecurityGroupBackend, "delete_security_group", deleted_group)
    before(SubnetBackend, "delete_subnet", deleted_subnet)
    before(InternetGatewayBackend, "detach_internet_gateway", detached_gateway)
    before(RDSBackend, "create_db_instance", database_instance)
    before(RDSBackend, "modify_db_cluster", changed_database)
    before(CloudFrontBackend, "create_distribution_with_tags", distribution)
