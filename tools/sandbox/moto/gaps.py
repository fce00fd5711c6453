"""What moto 5.2 lacks or forgets of what the AWS provider calls. This is the whole list: each entry names the service, the operations and what
moto does; `python gaps.py` prints it. Each completes moto by AWS's documented answer and believes nothing that AWS would refuse.
"""

import json
import os

GAPS = []


def gap(service, operations, what):
    def keep(install_gap):
        GAPS.append((service, operations, what, install_gap))
        return install_gap

    return keep


@gap("application-autoscaling", ["ListTagsForResource", "TagResource", "UntagResource", "RegisterScalableTarget"], "no tags")
def scaling_tags():
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    tags = {}

    def given(self):
        return json.loads(self.body)

    def tag(self):
        tags.setdefault(given(self)["ResourceARN"], {}).update(given(self)["Tags"])
        return "{}"

    def untag(self):
        for key in given(self)["TagKeys"]:
            tags.get(given(self)["ResourceARN"], {}).pop(key, None)
        return "{}"

    register = ApplicationAutoScalingResponse.register_scalable_target

    def registered(self):
        answer = json.loads(register(self))
        if given(self).get("Tags") and answer.get("ScalableTargetARN"):
            tags.setdefault(answer["ScalableTargetARN"], {}).update(given(self)["Tags"])
        return json.dumps(answer)

    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": tags.get(given(self)["ResourceARN"], {})})
    ApplicationAutoScalingResponse.tag_resource, ApplicationAutoScalingResponse.untag_resource = tag, untag
    ApplicationAutoScalingResponse.register_scalable_target = registered


@gap("sqs", ["SetQueueAttributes", "GetQueueAttributes"], "no RedriveAllowPolicy; a call without Policy deletes the policy; RedrivePolicy has spaces")
def queues():
    from moto.sqs.models import Queue

    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    set_attributes, attributes = Queue._set_attributes, Queue.attributes.fget

    def keep_policy(self, given, now=None):
        before = getattr(self, "policy", None)
        set_attributes(self, given, now)
        if "Policy" not in given:
            self.policy = before

    def compact(self):
        known = {key: value for key, value in attributes(self).items() if value not in ("", None)}
        if "RedrivePolicy" in known and getattr(self, "redrive_policy", None):
            known["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
        return known

    Queue._set_attributes, Queue.attributes = keep_policy, property(compact)


@gap("ecs", ["CreateService", "UpdateService", "DescribeServices"], "forgets most settings of a service, and starts no task")
def services():
    """Tasks are said to run as soon as they are asked for: a task that really runs is not moto's part."""
    from botocore import xform_name
    from moto.ecs.models import Service
    from moto.ecs.responses import EC2ContainerServiceResponse

    kept_by_moto = {"cluster", "serviceName", "service", "taskDefinition", "desiredCount", "clientToken", "loadBalancers", "tags", "role", "serviceRegistries"}
    of_deployments = ("serviceConnectConfiguration", "volumeConfigurations", "networkConfiguration")
    create, update, make = EC2ContainerServiceResponse.create_service, EC2ContainerServiceResponse.update_service, Service.__init__

    def settle(self, answer, created):
        service = answer._result["service"]
        given = self._get_params()
        for key, value in given.items():
            if key == "deploymentConfiguration":
                value = {**(getattr(service, "deployment_configuration", None) or {}), **value}
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

    def without_empty_network(self, *args, **options):
        make(self, *args, **options)
        self.network_configuration = self.network_configuration or None

    EC2ContainerServiceResponse.create_service = lambda self: settle(self, create(self), True)
    EC2ContainerServiceResponse.update_service = lambda self: settle(self, update(self), False)
    Service.__init__ = without_empty_network
    Service.__str__ = lambda self: self.name


@gap("ec2", ["DescribeSecurityGroupRules"], "forgets the description of a rule that refers to a group or a prefix list")
def rule_descriptions():
    from moto.ec2.models.security_groups import SecurityGroupRule

    make = SecurityGroupRule.__init__

    def keep(self, *args, **options):
        make(self, *args, **options)
        prefix_list = options.get("prefix_list_id") or next((each for each in args if isinstance(each, dict) and "PrefixListId" in each), {})
        self.fairlead_description = prefix_list.get("Description")

    def description(self):
        parts = [part.get("Description") for part in (self.ip_range, self.source_group) if part]
        return next((each for each in [*parts, self.fairlead_description] if each), None)

    SecurityGroupRule.__init__, SecurityGroupRule.description = keep, property(description)


@gap("cloudfront", ["GetDistribution"], "has forwarded values beside a cache policy, and CloudFront's certificate beside another")
def distributions():
    from moto.cloudfront.models import DefaultCacheBehaviour, ViewerCertificate

    make, make_certificate = DefaultCacheBehaviour.__init__, ViewerCertificate.__init__

    def behaviour(self, config):
        make(self, config)
        if config.get("CachePolicyId"):
            for name in ("forwarded_values", "min_ttl", "default_ttl", "max_ttl"):
                setattr(self, name, None)

    def certificate(self, config):
        make_certificate(self, config)
        if config.get("ACMCertificateArn"):
            self.cloud_front_default_certificate = False

    DefaultCacheBehaviour.__init__, ViewerCertificate.__init__ = behaviour, certificate


@gap("ec2", ["DescribeSubnets"], "no filter map-public-ip-on-launch")
def subnet_filter():
    from moto.ec2.models.subnets import Subnet

    filters = Subnet.get_filter_value
    Subnet.get_filter_value = lambda self, name, method=None: (
        str(self.map_public_ip_on_launch).lower() if name == "map-public-ip-on-launch" else filters(self, name, method)
    )


@gap("rds", ["DescribeDBClusters", "CreateDBInstance"], "has a ScalingConfiguration where there is none; forgets Performance Insights; knows the Data API of Serverless v1 alone")
def databases():
    from moto.rds.models import DBCluster, RDSBackend

    scaling, create = DBCluster.scaling_configuration_info.fget, RDSBackend.create_db_instance
    DBCluster.scaling_configuration_info = property(lambda self: scaling(self) if self.scaling_configuration else None)

    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
    def open_data_api(self, wanted):
        self._enable_http_endpoint = bool(wanted)

    DBCluster.enable_http_endpoint = property(lambda self: self._enable_http_endpoint, open_data_api)

    def keep(self, options):
        instance = create(self, options)
        enabled = bool(options.get("enable_performance_insights"))
        instance.performance_insights_enabled = enabled
        instance.performance_insights_retention_period = options.get("performance_insights_retention_period") or (7 if enabled else None)
        if options.get("performance_insights_kms_key_id"):
            instance.performance_insights_kms_key_id = options["performance_insights_kms_key_id"]
        return instance

    RDSBackend.create_db_instance = keep


@gap("s3", ["PutBucketLogging"], "fails where a principal is a string; compares the policy's resource with the prefix as text")
def logging_policies():
    from fnmatch import fnmatchcase

    from moto.s3.models import FakeBucket

    def each(value):
        return value if isinstance(value, list) else [value]

    def permits(target_bucket, target_prefix):
        policy = json.loads(target_bucket.policy) if target_bucket.policy else {"Statement": []}
        wanted = f"arn:aws:s3:::{target_bucket.name}/{target_prefix or ''}2026"
        return any(
            statement["Effect"] == "Allow"
            and isinstance(statement.get("Principal"), dict)
            and "logging.s3.amazonaws.com" in each(statement["Principal"].get("Service"))
            and "s3:PutObject" in each(statement["Action"])
            and any(fnmatchcase(wanted, resource) for resource in each(statement["Resource"]))
            for statement in policy["Statement"]
        )

    FakeBucket._log_permissions_enabled_policy = staticmethod(permits)


@gap("elasticfilesystem", ["PutBackupPolicy", "DescribeBackupPolicy", "DeleteFileSystemPolicy"], "not implemented")
def file_system_backups():
    from moto.efs.models import EFSBackend
    from moto.efs.responses import EFSResponse

    def put(self):
        path = getattr(self, "path", None) or self.uri
        status = self._get_param("BackupPolicy")["Status"]
        file_system = path.split("/file-systems/")[1].split("/")[0]
        self.efs_backend.file_systems_by_id[file_system].fairlead_backup = {"Status": status}
        return json.dumps({"BackupPolicy": {"Status": status}})

    def describe(self, file_system_id):
        return getattr(self.file_systems_by_id[file_system_id], "fairlead_backup", None) or {"Status": "DISABLED"}

    def delete_policy(self):
        path = getattr(self, "path", None) or self.uri
        file_system = path.split("/file-systems/")[1].split("/")[0]
        self.efs_backend.file_systems_by_id[file_system].file_system_policy = None
        return "{}"

    EFSResponse.put_backup_policy, EFSBackend.describe_backup_policy = put, describe
    EFSResponse.delete_file_system_policy = delete_policy


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


@gap(
    "elasticache",
    ["CreateReplicationGroup", "DeleteReplicationGroup", "DescribeCacheClusters"],
    "has no clusters for the members of a replication group, one member for any number, and a group that is deleted for ever",
)
def cache_members():
    import inspect

    from moto.elasticache.models import CacheCluster, ElastiCacheBackend

    create, describe = ElastiCacheBackend.create_replication_group, ElastiCacheBackend.describe_cache_clusters
    delete = ElastiCacheBackend.delete_replication_group
    parameters = [name for name in inspect.signature(CacheCluster.__init__).parameters if name != "self"]

    def keep(self, **given):
        replicas = given.get("replicas_per_node_group") or (given.get("num_cache_clusters") or 1) - 1
        group = create(self, **{**given, "replicas_per_node_group": replicas})
        group.fairlead_given = given
        return group

    def member(self, wanted):
        group = next((each for each in self.replication_groups.values() if wanted in (each.member_clusters or [])), None)
        if group is None:
            return None
        given = {**group.fairlead_given, "account_id": self.account_id, "region_name": self.region_name, "cache_cluster_id": wanted}
        cluster = CacheCluster(**{parameter: given.get(parameter) for parameter in parameters})
        cluster.num_cache_nodes, cluster.replication_group_id = 1, group.replication_group_id
        cluster.cache_parameter_group = {"CacheParameterGroupName": given.get("cache_parameter_group_name")}
        cluster.security_groups = [{"SecurityGroupId": each, "Status": "active"} for each in given.get("security_group_ids") or []]
        for name in ("snapshot_window", "at_rest_encryption_enabled", "transit_encryption_mode"):
            setattr(cluster, name, given.get(name))
        return cluster

    def found(self, cache_cluster_id=None):
        known = cache_cluster_id and member(self, cache_cluster_id)
        return [known] if known else describe(self, cache_cluster_id)

    def gone(self, replication_group_id, *args, **options):
        group = delete(self, replication_group_id, *args, **options)
        self.replication_groups.pop(replication_group_id, None)
        return group

    ElastiCacheBackend.create_replication_group, ElastiCacheBackend.describe_cache_clusters = keep, found
    ElastiCacheBackend.delete_replication_group = gone


@gap("elasticache", ["DeleteCacheSubnetGroup"], "not implemented")
def cache_subnet_groups():
    from moto.core.responses import ActionResult
    from moto.elasticache.responses import ElastiCacheResponse

    def delete(self):
        self.elasticache_backend.cache_subnet_groups.pop(self._get_param("CacheSubnetGroupName"), None)
        return ActionResult({})

    ElastiCacheResponse.delete_cache_subnet_group = delete


@gap("logs", ["AssociateKmsKey", "DisassociateKmsKey"], "not implemented")
def log_group_keys():
    from moto.logs.responses import LogsResponse

    def associate(self):
        self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = self._get_param("kmsKeyId")
        return "{}"

    def disassociate(self):
        self.logs_backend.groups[self._get_param("logGroupName")].kms_key_id = None
        return "{}"

    LogsResponse.associate_kms_key, LogsResponse.disassociate_kms_key = associate, disassociate


@gap("ecr", ["*PullThroughCacheRule*", "*RepositoryCreationTemplate*"], "not implemented")
def registry_rules():
    """By whole_operations.py."""


@gap("ecr-public", ["*"], "not implemented")
def public_repositories():
    """By whole_operations.py."""


def install():
    for *_, install_gap in GAPS:
        install_gap()


if __name__ == "__main__":
    for service, operations, what, _ in GAPS:
        print(f"{service}: {', '.join(operations)}: {what}")
