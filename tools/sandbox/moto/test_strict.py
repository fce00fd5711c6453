"""What AWS refuses is refused here too, each asked by boto3 of a running API (AWS_ENDPOINT_URL)."""

import json
import unittest

import boto3
from botocore.exceptions import ClientError

REGION = "us-east-1"
ADOPTED = "vpc-0fa1r1ead5a2db0c5"


def client(service):
    return boto3.client(service, region_name=REGION)


class Refusals(unittest.TestCase):
    def refused(self, code, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(code, caught.exception.response["Error"]["Code"])

    def test_a_service_whose_target_group_no_listener_uses(self):
        ecs, elb = client("ecs"), client("elbv2")
        ecs.create_cluster(clusterName="refusals")
        group = elb.create_target_group(Name="refusals", Protocol="HTTP", Port=80, VpcId=ADOPTED, TargetType="ip")
        arn = group["TargetGroups"][0]["TargetGroupArn"]
        containers = [{"name": "api", "image": "x", "memory": 128, "portMappings": [{"containerPort": 80}]}]
        definition = ecs.register_task_definition(family="refusals", containerDefinitions=containers)
        self.refused(
            "InvalidParameterException",
            ecs.create_service,
            cluster="refusals",
            serviceName="api",
            desiredCount=1,
            taskDefinition=definition["taskDefinition"]["taskDefinitionArn"],
            loadBalancers=[{"targetGroupArn": arn, "containerName": "api", "containerPort": 80}],
        )
        elb.delete_target_group(TargetGroupArn=arn)
        ecs.deregister_task_definition(taskDefinition="refusals:1")
        ecs.delete_cluster(cluster="refusals")

    def test_a_capacity_provider_that_the_cluster_has_not(self):
        ecs = client("ecs")
        ecs.create_cluster(clusterName="capacity")
        ecs.register_task_definition(family="capacity", containerDefinitions=[{"name": "api", "image": "x", "memory": 128}])
        self.refused(
            "InvalidParameterException",
            ecs.create_service,
            cluster="capacity",
            serviceName="api",
            desiredCount=1,
            taskDefinition="capacity:1",
            capacityProviderStrategy=[{"capacityProvider": "nobody's", "weight": 1}],
        )
        ecs.deregister_task_definition(taskDefinition="capacity:1")
        ecs.delete_cluster(cluster="capacity")

    def test_a_load_balancer_in_one_zone(self):
        subnets = client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [ADOPTED]}])["Subnets"]
        first = [subnet["SubnetId"] for subnet in subnets if subnet["AvailabilityZone"] == f"{REGION}a"]
        create = client("elbv2").create_load_balancer
        self.refused("ValidationError", create, Name="one-zone", Subnets=first[:1], Scheme="internal")
        self.refused("ValidationError", create, Name="one-zone", Subnets=first, Scheme="internal")

    def test_a_public_load_balancer_without_a_way_to_the_internet(self):
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        zones = [f"{REGION}a", f"{REGION}b"]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{number}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
            for number, zone in enumerate(zones)
        ]
        self.refused("InvalidSubnet", client("elbv2").create_load_balancer, Name="no-gateway", Subnets=subnets)
        allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
        self.refused("Gateway.NotAttached", ec2.create_nat_gateway, SubnetId=subnets[0], AllocationId=allocation)
        ec2.release_address(AllocationId=allocation)
        for subnet in subnets:
            ec2.delete_subnet(SubnetId=subnet)
        ec2.delete_vpc(VpcId=vpc)

    def test_a_security_group_to_which_a_rule_of_another_refers(self):
        ec2 = client("ec2")
        one, other = [ec2.create_security_group(GroupName=name, Description="x", VpcId=ADOPTED)["GroupId"] for name in ("one", "other")]
        permission = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": one}]}
        ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[permission])
        self.refused("DependencyViolation", ec2.delete_security_group, GroupId=one)
        ec2.delete_security_group(GroupId=other)
        ec2.delete_security_group(GroupId=one)

    def test_logs_to_a_bucket_without_a_policy(self):
        s3 = client("s3")
        for bucket in ("logged", "logs"):
            s3.create_bucket(Bucket=bucket)
        status = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "logged/"}}
        with self.assertRaises(ClientError):
            s3.put_bucket_logging(Bucket="logged", BucketLoggingStatus=status)
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::logs/*",
        }
        s3.put_bucket_policy(Bucket="logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        s3.put_bucket_logging(Bucket="logged", BucketLoggingStatus=status)
        s3.delete_bucket(Bucket="logged")
        # A log is there by now, and AWS keeps a bucket that is not empty.
        self.refused("BucketNotEmpty", s3.delete_bucket, Bucket="logs")
        for item in s3.list_objects_v2(Bucket="logs")["Contents"]:
            s3.delete_object(Bucket="logs", Key=item["Key"])
        s3.delete_bucket(Bucket="logs")

    def test_a_name_that_is_taken(self):
        ecr = client("ecr")
        ecr.create_repository(repositoryName="taken")
        self.refused("RepositoryAlreadyExistsException", ecr.create_repository, repositoryName="taken")
        ecr.delete_repository(repositoryName="taken")

    def test_another_major_version_that_is_not_allowed(self):
        rds = client("rds")
        login = {"MasterUsername": "postgres", "MasterUserPassword": "only-for-the-test"}
        rds.create_db_cluster(DBClusterIdentifier="major", Engine="aurora-postgresql", EngineVersion="16.6", **login)
        change = {"DBClusterIdentifier": "major", "EngineVersion": "17.4", "ApplyImmediately": True}
        self.refused("InvalidParameterCombination", rds.modify_db_cluster, **change)
        rds.modify_db_cluster(**change, AllowMajorVersionUpgrade=True)
        rds.delete_db_cluster(DBClusterIdentifier="major", SkipFinalSnapshot=True)


if __name__ == "__main__":
    unittest.main()
