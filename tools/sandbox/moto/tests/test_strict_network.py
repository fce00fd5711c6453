"""What EC2 and Elastic Load Balancing refuse."""

import json

from tests.api import ADOPTED, Case, awsvpc, client, subnets, task_definition, vpc


class LoadBalancers(Case):
    def create(self, **options):
        return client("elbv2").create_load_balancer(**options)["LoadBalancers"][0]["LoadBalancerArn"]

    def test_an_application_load_balancer_in_one_zone(self):
        self.refused("ValidationError", self.create, Name="one-zone", Subnets=subnets("a")[:1], Scheme="internal")
        self.refused("ValidationError", self.create, Name="one-zone", Subnets=subnets("a"), Scheme="internal")
        self.create(Name="two-zones", Subnets=[subnets("a")[0], subnets("b")[0]], Scheme="internal")
        self.create(Name="network", Subnets=subnets("a")[:1], Scheme="internal", Type="network")

    def test_two_subnets_of_one_zone(self):
        self.refused("InvalidConfigurationRequest", self.create, Name="three-subnets", Subnets=[*subnets("a"), subnets("b")[0]], Scheme="internal")

    def test_a_public_one_without_a_way_to_the_internet(self):
        made, of_it, _ = vpc("10.9")
        self.refused("InvalidSubnet", self.create, Name="public", Subnets=of_it)
        self.create(Name="internal", Subnets=of_it, Scheme="internal")
        gateway = client("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        client("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=made)
        self.create(Name="public", Subnets=of_it)

    def test_logs_to_a_bucket_without_a_policy(self):
        arn = self.create(Name="logged", Subnets=[subnets("a")[0], subnets("b")[0]])
        s3, bucket = client("s3"), "load-balancer-logs"
        s3.create_bucket(Bucket=bucket)

        def log(enabled):
            attributes = {"access_logs.s3.enabled": enabled, "access_logs.s3.bucket": bucket}
            client("elbv2").modify_load_balancer_attributes(
                LoadBalancerArn=arn, Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()]
            )

        self.refused("InvalidConfigurationRequest", log, enabled="true")
        log("false")
        principal = {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
        statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        log("true")


class Networks(Case):
    def nat_gateway(self, subnet_id, **options):
        made = client("ec2").create_nat_gateway(SubnetId=subnet_id, **options)["NatGateway"]["NatGatewayId"]
        return client("ec2").describe_nat_gateways(NatGatewayIds=[made])["NatGateways"][0]

    def test_a_nat_gateway_without_an_internet_gateway_fails(self):
        ec2 = client("ec2")
        made, of_it, _ = vpc("10.10")
        failed = self.nat_gateway(of_it[0], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])
        self.assertEqual(("failed", "Gateway.NotAttached"), (failed["State"], failed["FailureCode"]))
        self.assertEqual("available", self.nat_gateway(of_it[0], ConnectivityType="private")["State"])
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=made)
        self.assertEqual("available", self.nat_gateway(of_it[0], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])["State"])

    def test_a_security_group_to_which_a_rule_of_another_refers(self):
        ec2 = client("ec2")
        one, other = [ec2.create_security_group(GroupName=name, Description="x", VpcId=ADOPTED)["GroupId"] for name in ("one", "other")]
        permission = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": one}]}
        ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[permission])
        self.refused("DependencyViolation", ec2.delete_security_group, GroupId=one)
        ec2.delete_security_group(GroupId=other)
        ec2.delete_security_group(GroupId=one)

    def test_a_security_group_that_something_has(self):
        ec2, ecs = client("ec2"), client("ecs")
        group = ec2.create_security_group(GroupName="used", Description="x", VpcId=ADOPTED)["GroupId"]
        ecs.create_cluster(clusterName="groups")
        definition = task_definition("groups")
        ecs.create_service(
            cluster="groups", serviceName="api", desiredCount=1, taskDefinition=definition, networkConfiguration=awsvpc(subnets("a"), [group])
        )
        self.refused("DependencyViolation", ec2.delete_security_group, GroupId=group)
        ecs.delete_service(cluster="groups", service="api", force=True)
        ec2.delete_security_group(GroupId=group)

    def test_a_subnet_that_something_is_in(self):
        ec2 = client("ec2")
        _, of_it, _ = vpc("10.11", gateway=True)
        gateway = self.nat_gateway(of_it[0], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])["NatGatewayId"]
        self.refused("DependencyViolation", ec2.delete_subnet, SubnetId=of_it[0])
        ec2.delete_subnet(SubnetId=of_it[1])
        ec2.delete_nat_gateway(NatGatewayId=gateway)
        ec2.delete_subnet(SubnetId=of_it[0])

    def test_an_internet_gateway_that_something_goes_through(self):
        ec2, elb = client("ec2"), client("elbv2")
        made, of_it, gateway = vpc("10.12", gateway=True)

        def detach():
            ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=made)

        nat = self.nat_gateway(of_it[0], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])["NatGatewayId"]
        self.refused("DependencyViolation", detach)
        ec2.delete_nat_gateway(NatGatewayId=nat)
        balancer = elb.create_load_balancer(Name="through", Subnets=of_it)["LoadBalancers"][0]["LoadBalancerArn"]
        self.refused("DependencyViolation", detach)
        elb.delete_load_balancer(LoadBalancerArn=balancer)
        self.nat_gateway(of_it[0], ConnectivityType="private")
        elb.create_load_balancer(Name="within", Subnets=of_it, Scheme="internal")
        detach()
