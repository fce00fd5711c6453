"""What AWS refuses and moto lets pass: the order in which things are made and deleted, mostly. Each refusal has the error that AWS documents for
the operation, and an operation that AWS might accept is never refused here.
"""

import json

import state
import task_start


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


def before(owner, name, check):
    """Lets `check` refuse before moto's own operation."""
    operation = getattr(owner, name)

    def checked(self, *args, **options):
        check(self, *args, **options)
        return operation(self, *args, **options)

    setattr(owner, name, checked)


# ECS CreateService: InvalidParameterException, and NamespaceNotFoundException for Service Connect.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
def service(request):
    given = request._get_params()
    cluster = state.backend("ecs")._get_cluster(given["cluster"])
    routed = state.routed_target_groups()
    for load_balancer in given.get("loadBalancers") or []:
        if load_balancer["targetGroupArn"] not in routed:
            arn = load_balancer["targetGroupArn"]
            raise Refused("InvalidParameterException", f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
    for strategy in given.get("capacityProviderStrategy") or []:
        if strategy["capacityProvider"] not in (cluster.capacity_providers or []):
            raise Refused("InvalidParameterException", f"The specified capacity provider '{strategy['capacityProvider']}' was not found.")
    discovery = state.backend("servicediscovery")
    for registry in given.get("serviceRegistries") or []:
        if registry["registryArn"] not in [known.arn for known in discovery.services.values()]:
            raise Refused("InvalidParameterException", f"Service registry {registry['registryArn']} not found")
    namespace = (given.get("serviceConnectConfiguration") or {}).get("namespace")
    if namespace and not any(namespace in (known.arn, known.name) for known in discovery.namespaces.values()):
        raise Refused("NamespaceNotFoundException", namespace)
    task_start.look(given)


# Elastic Load Balancing: access logs need the bucket's policy, names of subnets one for each zone, and a public one a gateway.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
def access_logs(backend, arn, attributes):
    bucket = attributes.get("access_logs.s3.bucket")
    if str(attributes.get("access_logs.s3.enabled")).lower() == "true" and bucket:
        known = state.backend("s3").buckets.get(bucket)
        if known is None or not known.policy:
            raise Refused("InvalidConfigurationRequest", f"Access Denied for bucket: {bucket}. Please check S3bucket permission")


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


# EC2: Gateway.NotAttached and DependencyViolation.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
def nat_gateway(backend, subnet_id, allocation_id, *_, **__):
    vpc = backend.get_subnet(subnet_id).vpc_id
    if not state.has_internet_gateway(vpc):
        raise Refused("Gateway.NotAttached", f"Network {vpc} has no Internet gateway attached")


def deleted_group(backend, name=None, group_id=None):
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


def detached_gateway(backend, internet_gateway_id, vpc_id):
    users = [gateway.id for gateway in backend.nat_gateways.values() if gateway.state != "deleted" and backend.get_subnet(gateway.subnet_id).vpc_id == vpc_id]
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
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-v2.html
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
    before(ELBv2Backend, "modify_load_balancer_attributes", access_logs)
    before(ELBv2Backend, "create_load_balancer", load_balancer)
    before(NatGatewayBackend, "create_nat_gateway", nat_gateway)
    before(SecurityGroupBackend, "delete_security_group", deleted_group)
    before(SubnetBackend, "delete_subnet", deleted_subnet)
    before(InternetGatewayBackend, "detach_internet_gateway", detached_gateway)
    before(RDSBackend, "create_db_instance", database_instance)
    before(RDSBackend, "modify_db_cluster", changed_database)
    before(CloudFrontBackend, "create_distribution_with_tags", distribution)
