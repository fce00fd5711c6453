"""What moto lacks or forgets, and is completed: gaps/."""

import json
import subprocess
import sys
import unittest
from pathlib import Path

from tests.api import ACCOUNT, ADOPTED, ANYTHING, REGION, Case, awsvpc, client, subnets, task_definition


class Listed(unittest.TestCase):
    def test_the_list_names_each_service_and_operation(self):
        folder = Path(__file__).parent.parent
        printed = subprocess.run([sys.executable, "-m", "gaps"], cwd=folder, capture_output=True, text=True, check=True).stdout
        for line in ("ecs: RunTask: ", "elasticfilesystem: PutBackupPolicy, DescribeBackupPolicy, DeleteFileSystemPolicy: ", "ecr-public: *: "):
            self.assertIn(line, printed)
        self.assertEqual(printed.count("\n"), sum(file.read_text().count("\n@gap(") for file in (folder / "gaps").glob("*.py")))


class StateMachines(Case):
    def test_a_definition_is_looked_at_before_it_is_made(self):
        states = client("stepfunctions")
        run = {"StartAt": "Run", "States": {"Run": {"Type": "Pass", "End": True}}}
        self.assertEqual("OK", states.validate_state_machine_definition(definition=json.dumps(run))["result"])
        for wrong in ("{", json.dumps(run | {"StartAt": "Walk"})):
            self.assertEqual("FAIL", states.validate_state_machine_definition(definition=wrong)["result"])
        arn = states.create_state_machine(
            name="nightly", definition=json.dumps(run), roleArn=f"arn:aws:iam::{ACCOUNT}:role/nightly-runs"
        )["stateMachineArn"]
        self.assertEqual([], states.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"])


class Containers(Case):
    def test_an_update_of_a_service_keeps_what_it_is_not_told(self):
        ecs = client("ecs")
        ecs.create_cluster(clusterName="kept", capacityProviders=["FARGATE"])
        settings = {
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}],
            "healthCheckGracePeriodSeconds": 30,
            "enableExecuteCommand": True,
            "networkConfiguration": awsvpc(subnets("a")),
        }
        breaker = {"enable": True, "rollback": True}
        ecs.create_service(
            cluster="kept",
            serviceName="api",
            desiredCount=1,
            taskDefinition=task_definition("kept"),
            deploymentConfiguration={"deploymentCircuitBreaker": breaker, "maximumPercent": 200, "minimumHealthyPercent": 100},
            **settings,
        )
        changed = task_definition("kept")
        ecs.update_service(cluster="kept", service="api", taskDefinition=changed, desiredCount=3, deploymentConfiguration={"maximumPercent": 150})
        service = ecs.describe_services(cluster="kept", services=["api"])["services"][0]
        self.assertEqual((changed, 3, 3), (service["taskDefinition"], service["desiredCount"], service["runningCount"]))
        self.assertEqual(settings | {"networkConfiguration": service["networkConfiguration"]}, {key: service[key] for key in settings})
        self.assertEqual(subnets("a"), service["networkConfiguration"]["awsvpcConfiguration"]["subnets"])
        self.assertEqual(
            {"deploymentCircuitBreaker": breaker, "maximumPercent": 150, "minimumHealthyPercent": 100},
            {key: service["deploymentConfiguration"][key] for key in ("deploymentCircuitBreaker", "maximumPercent", "minimumHealthyPercent")},
        )

    def test_a_deleted_service_is_not_listed(self):
        ecs = client("ecs")
        ecs.create_cluster(clusterName="listed")
        for name in ("kept", "deleted"):
            ecs.create_service(cluster="listed", serviceName=name, desiredCount=0, taskDefinition=task_definition("listed"))
        ecs.delete_service(cluster="listed", service="deleted")
        self.assertEqual(["kept"], [arn.split("/")[-1] for arn in ecs.list_services(cluster="listed")["serviceArns"]])

    def test_whether_tags_are_asked_for_is_of_one_request(self):
        from gaps.ecs import tags_of_each_request
        from moto.ecs.responses import DESCRIBE_SERVICES_TAGS, EC2ContainerServiceResponse

        # In this process too: that two requests meet in the other one is rare.
        tags_of_each_request()
        one, other = EC2ContainerServiceResponse(), EC2ContainerServiceResponse()
        one._include_in_response(DESCRIBE_SERVICES_TAGS)
        other._exclude_from_response(DESCRIBE_SERVICES_TAGS)
        self.assertEqual("tags", one.RESPONSE_KEY_PATH_TO_TRANSFORMER[DESCRIBE_SERVICES_TAGS]("tags"))

    def test_a_scalable_target_has_its_tags(self):
        scaling = client("application-autoscaling")
        of_it = {"ServiceNamespace": "ecs", "ResourceId": "service/scaled/api", "ScalableDimension": "ecs:service:DesiredCount"}
        client("ecs").create_cluster(clusterName="scaled", capacityProviders=["FARGATE"])
        client("ecs").create_service(cluster="scaled", serviceName="api", desiredCount=1, taskDefinition=task_definition("scaled"))
        arn = scaling.register_scalable_target(**of_it, MinCapacity=1, MaxCapacity=2, Tags={"a": "1", "b": "2"})["ScalableTargetARN"]
        scaling.tag_resource(ResourceARN=arn, Tags={"c": "3"})
        scaling.untag_resource(ResourceARN=arn, TagKeys=["a"])
        self.assertEqual({"b": "2", "c": "3"}, scaling.list_tags_for_resource(ResourceARN=arn)["Tags"])

    def test_scaling_activities_can_be_asked_for(self):
        self.assertEqual([], client("application-autoscaling").describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"])

    def test_alarms_can_be_asked_for_by_name_and_state(self):
        cloudwatch = client("cloudwatch")
        rule = {"Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Statistic": "Average", "Period": 60, "EvaluationPeriods": 1}
        for name in ("on", "off"):
            cloudwatch.put_metric_alarm(AlarmName=name, ComparisonOperator="GreaterThanThreshold", Threshold=90, **rule)
        cloudwatch.set_alarm_state(AlarmName="on", StateValue="ALARM", StateReason="Threshold Crossed")
        found = cloudwatch.describe_alarms(AlarmNames=["on", "off"], StateValue="ALARM")["MetricAlarms"]
        self.assertEqual(["on"], [alarm["AlarmName"] for alarm in found])

    def test_a_log_group_has_a_key(self):
        logs = client("logs")
        logs.create_log_group(logGroupName="/keys")
        logs.associate_kms_key(logGroupName="/keys", kmsKeyId="arn:aws:kms:us-east-1:123456789012:key/one")
        found = logs.describe_log_groups(logGroupNamePrefix="/keys")["logGroups"][0]
        self.assertEqual("arn:aws:kms:us-east-1:123456789012:key/one", found["kmsKeyId"])
        logs.disassociate_kms_key(logGroupName="/keys")
        self.assertNotIn("kmsKeyId", logs.describe_log_groups(logGroupNamePrefix="/keys")["logGroups"][0])

    def test_a_log_group_takes_its_tags_with_it(self):
        logs = client("logs")
        for tags in ({"stack": "one"}, {}):
            logs.create_log_group(logGroupName="/tags", tags=tags)
            arn = logs.describe_log_groups(logGroupNamePrefix="/tags")["logGroups"][0]["arn"].removesuffix(":*")
            self.assertEqual(tags, logs.list_tags_for_resource(resourceArn=arn)["tags"])
            logs.delete_log_group(logGroupName="/tags")


class Firewalls(Case):
    def test_a_firewall_has_its_data_protection(self):
        waf = client("wafv2")
        acl = {"Name": "origin", "Scope": "REGIONAL"}
        visibility = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "origin"}
        settings = {"DefaultAction": {"Block": {}}, "VisibilityConfig": visibility, "Rules": []}
        protection = {"DataProtections": [{"Action": "SUBSTITUTION", "Field": {"FieldType": "SINGLE_HEADER", "FieldKeys": ["x-key"]}}]}
        acl["Id"] = waf.create_web_acl(**acl, **settings, DataProtectionConfig=protection)["Summary"]["Id"]
        self.assertEqual(protection, waf.get_web_acl(**acl)["WebACL"]["DataProtectionConfig"])
        waf.update_web_acl(**acl, **settings, LockToken=waf.get_web_acl(**acl)["LockToken"])
        self.assertNotIn("DataProtectionConfig", waf.get_web_acl(**acl)["WebACL"])


class Repositories(Case):
    def test_a_repository_is_at_the_registry(self):
        repository = client("ecr").create_repository(repositoryName="team/api")["repository"]
        self.assertEqual("registry.example:5000/team/api", repository["repositoryUri"])

    def test_rules_of_a_registry(self):
        ecr = client("ecr")
        ecr.create_pull_through_cache_rule(ecrRepositoryPrefix="public", upstreamRegistryUrl="public.ecr.aws")
        rules = ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["public"])["pullThroughCacheRules"]
        self.assertEqual(["public.ecr.aws"], [rule["upstreamRegistryUrl"] for rule in rules])
        ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="public")
        self.refused("PullThroughCacheRuleNotFoundException", ecr.describe_pull_through_cache_rules, ecrRepositoryPrefixes=["public"])
        ecr.create_repository_creation_template(prefix="public", appliedFor=["PULL_THROUGH_CACHE"])
        self.assertEqual(1, len(ecr.describe_repository_creation_templates(prefixes=["public"])["repositoryCreationTemplates"]))
        ecr.delete_repository_creation_template(prefix="public")
        self.refused("TemplateNotFoundException", ecr.delete_repository_creation_template, prefix="public")

    def test_public_repositories(self):
        public = client("ecr-public")
        public.create_repository(repositoryName="tool", catalogData={"description": "x"})
        self.assertEqual("x", public.get_repository_catalog_data(repositoryName="tool")["catalogData"]["description"])
        public.delete_repository(repositoryName="tool")
        self.refused("RepositoryNotFoundException", public.describe_repositories, repositoryNames=["tool"])


class Data(Case):
    def test_a_cache_has_its_members_and_is_gone_when_it_is_deleted(self):
        cache = client("elasticache")
        cache.create_cache_subnet_group(CacheSubnetGroupName="cache", CacheSubnetGroupDescription="x", SubnetIds=subnets("a"))
        created = cache.create_replication_group(
            ReplicationGroupId="cache",
            ReplicationGroupDescription="x",
            Engine="valkey",
            EngineVersion="8.0",
            CacheNodeType="cache.t4g.micro",
            NumCacheClusters=3,
            AutomaticFailoverEnabled=True,
            CacheSubnetGroupName="cache",
            SecurityGroupIds=["sg-1"],
        )["ReplicationGroup"]
        members = created["MemberClusters"]
        self.assertEqual(3, len(members))
        for member in members:
            found = cache.describe_cache_clusters(CacheClusterId=member)["CacheClusters"]
            self.assertEqual([("cache", "cache.t4g.micro", 1)], [(each["ReplicationGroupId"], each["CacheNodeType"], each["NumCacheNodes"]) for each in found])
        cache.delete_replication_group(ReplicationGroupId="cache")
        self.refused("ReplicationGroupNotFoundFault", cache.describe_replication_groups, ReplicationGroupId="cache")
        self.refused("CacheClusterNotFound", cache.describe_cache_clusters, CacheClusterId=members[0])
        cache.delete_cache_subnet_group(CacheSubnetGroupName="cache")
        self.refused("CacheSubnetGroupNotFoundFault", cache.describe_cache_subnet_groups, CacheSubnetGroupName="cache")

    def test_a_file_systems_policies(self):
        efs = client("efs")
        file_system = efs.create_file_system(CreationToken="policies")["FileSystemId"]
        efs.put_backup_policy(FileSystemId=file_system, BackupPolicy={"Status": "ENABLED"})
        self.assertEqual("ENABLED", efs.describe_backup_policy(FileSystemId=file_system)["BackupPolicy"]["Status"])
        efs.put_file_system_policy(FileSystemId=file_system, Policy='{"Version":"2012-10-17","Statement":[]}')
        efs.describe_file_system_policy(FileSystemId=file_system)
        efs.delete_file_system_policy(FileSystemId=file_system)
        self.refused("PolicyNotFound", efs.describe_file_system_policy, FileSystemId=file_system)

    def test_a_queue_keeps_its_policy(self):
        sqs = client("sqs")
        queues = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("queue", "dead-letters")}

        def attributes(name):
            return sqs.get_queue_attributes(QueueUrl=queues[name], AttributeNames=["All"])["Attributes"]

        policy = json.dumps({"Version": "2012-10-17", "Statement": [{**ANYTHING, "Principal": "*"}]})
        sqs.set_queue_attributes(QueueUrl=queues["queue"], Attributes={"Policy": policy})
        redrive = json.dumps({"deadLetterTargetArn": attributes("dead-letters")["QueueArn"], "maxReceiveCount": 3}, separators=(",", ":"))
        sqs.set_queue_attributes(QueueUrl=queues["queue"], Attributes={"VisibilityTimeout": "60", "RedrivePolicy": redrive})
        sqs.set_queue_attributes(QueueUrl=queues["dead-letters"], Attributes={"RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'})
        kept = attributes("queue")
        self.assertEqual((policy, "60", redrive), (kept["Policy"], kept["VisibilityTimeout"], kept["RedrivePolicy"]))
        self.assertEqual('{"redrivePermission":"denyAll"}', attributes("dead-letters")["RedriveAllowPolicy"])
        sqs.set_queue_attributes(QueueUrl=queues["queue"], Attributes={"Policy": ""})
        self.assertNotIn("Policy", attributes("queue"))

    def test_a_database_has_what_it_was_told(self):
        rds = client("rds")
        login = {"MasterUsername": "postgres", "ManageMasterUserPassword": True}
        rds.create_db_cluster(DBClusterIdentifier="told", Engine="aurora-postgresql", EngineVersion="16.6", EnableHttpEndpoint=True, **login)
        cluster = rds.describe_db_clusters(DBClusterIdentifier="told")["DBClusters"][0]
        self.assertTrue(cluster["HttpEndpointEnabled"])
        self.assertNotIn("ScalingConfigurationInfo", cluster)
        insights = {"EnablePerformanceInsights": True, "PerformanceInsightsRetentionPeriod": 31}
        rds.create_db_instance(DBInstanceIdentifier="told", DBInstanceClass="db.t4g.medium", Engine="aurora-postgresql", DBClusterIdentifier="told", **insights)
        instance = rds.describe_db_instances(DBInstanceIdentifier="told")["DBInstances"][0]
        self.assertEqual((True, 31), (instance["PerformanceInsightsEnabled"], instance["PerformanceInsightsRetentionPeriod"]))

    def test_a_cluster_takes_its_automated_backups_with_it_unless_they_are_kept(self):
        rds = client("rds")
        login = {"MasterUsername": "postgres", "ManageMasterUserPassword": True}

        def backups_of(name, **options):
            rds.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.6", **login)
            rds.delete_db_cluster(DBClusterIdentifier=name, SkipFinalSnapshot=True, **options)
            snapshots = rds.describe_db_cluster_snapshots(SnapshotType="automated")["DBClusterSnapshots"]
            return len([each for each in snapshots if each["DBClusterIdentifier"] == name])

        self.assertEqual(0, backups_of("backed-up"))
        self.assertEqual(0, backups_of("backups-deleted", DeleteAutomatedBackups=True))
        self.assertEqual(1, backups_of("backups-kept", DeleteAutomatedBackups=False))


class Network(Case):
    def test_a_rule_keeps_its_description(self):
        ec2 = client("ec2")
        one, other = [ec2.create_security_group(GroupName=f"described-{name}", Description="x", VpcId=ADOPTED)["GroupId"] for name in ("one", "other")]
        cloudfront = ec2.describe_managed_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": ["com.amazonaws.global.cloudfront.origin-facing"]}])
        prefix_list = cloudfront["PrefixLists"][0]["PrefixListId"]
        for port, source in (
            (80, {"UserIdGroupPairs": [{"GroupId": other, "Description": "from other"}]}),
            (443, {"PrefixListIds": [{"PrefixListId": prefix_list, "Description": "from CloudFront"}]}),
        ):
            ec2.authorize_security_group_ingress(GroupId=one, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}])
        rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [one]}])["SecurityGroupRules"]
        self.assertEqual({80: "from other", 443: "from CloudFront"}, {rule["FromPort"]: rule.get("Description") for rule in rules if not rule["IsEgress"]})


class Distributions(Case):
    def test_a_cache_policy_and_a_certificate_stand_alone(self):
        cloudfront = client("cloudfront")
        origin = {"Id": "one", "DomainName": "one.example.com", "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}
        behavior = {"TargetOriginId": "one", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}
        certificate = {"ACMCertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/one", "SSLSupportMethod": "sni-only"}
        config = {
            "CallerReference": "alone",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behavior,
            "ViewerCertificate": certificate,
        }
        made = cloudfront.create_distribution(DistributionConfig=config)["Distribution"]["Id"]
        kept = cloudfront.get_distribution(Id=made)["Distribution"]["DistributionConfig"]
        for name in ("ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"):
            self.assertNotIn(name, kept["DefaultCacheBehavior"])
        self.assertFalse(kept["ViewerCertificate"]["CloudFrontDefaultCertificate"])
