"""What tasks would lack is noted when their service is made, and when a job is run."""

import json

import boto3

from tests.api import ACCOUNT, ADOPTED, REGION, Case, awsvpc, client, endpoint, role, subnets, task_definition, vpc


class Lacks(Case):
    @classmethod
    def setUpClass(cls):
        client("ecs").create_cluster(clusterName="starts", capacityProviders=["FARGATE"])

    def setUp(self):
        self.lacks()

    def start(self, family, subnet_ids, groups=(), **options):
        """Runs it as a job, and makes a service of it: both are to lack the same."""
        definition = task_definition(family, **options)
        asked = {"cluster": "starts", "taskDefinition": definition, "networkConfiguration": awsvpc(subnet_ids, groups)}
        client("ecs").run_task(**asked)
        of_job = [line.removeprefix(f"job {family}: ") for line in self.lacks()]
        client("ecs").create_service(serviceName=family, desiredCount=1, **asked)
        self.assertEqual(of_job, [line.removeprefix(f"service {family}: ") for line in self.lacks()])
        return of_job

    def test_nothing(self):
        group = client("ec2").create_security_group(GroupName="open", Description="x", VpcId=ADOPTED)["GroupId"]
        self.assertEqual([], self.start("whole", subnets("a"), [group]))

    def test_a_job_is_told_what_it_lacks(self):
        parsed = {}
        asker = boto3.client("ecs", region_name=REGION, endpoint_url=endpoint(), aws_access_key_id="x", aws_secret_access_key="x")
        asker.meta.events.register("after-call.ecs.RunTask", lambda http_response, **_: parsed.update(json.loads(http_response.content)))
        definition = task_definition("told", secrets=[{"name": "A", "valueFrom": "nothing"}])
        asker.run_task(cluster="starts", taskDefinition=definition, networkConfiguration=awsvpc(subnets("a")))
        self.assertEqual({"lacks": ["secret nothing is not there yet"]}, parsed)

    def test_a_log_group(self):
        def logged(**options):
            return {"logDriver": "awslogs", "options": {"awslogs-group": "/api", "awslogs-region": REGION, **options}}

        self.assertEqual(["log group /api is not there yet"], self.start("unlogged", subnets("a"), logConfiguration=logged()))
        self.assertEqual([], self.start("created", subnets("a"), logConfiguration=logged(**{"awslogs-create-group": "true"})))
        client("logs").create_log_group(logGroupName="/api")
        self.assertEqual([], self.start("logged", subnets("a"), logConfiguration=logged()))

    def test_an_execution_role(self):
        iam = client("iam")
        iam.create_role(RoleName="powerless", AssumeRolePolicyDocument="{}")
        container = {"name": "api", "image": "x", "memory": 128}
        for name, lack in (("nobody", "is not there yet"), ("powerless", "has no policy yet")):
            arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
            client("ecs").register_task_definition(family=name, networkMode="awsvpc", executionRoleArn=arn, containerDefinitions=[container])
            client("ecs").run_task(cluster="starts", taskDefinition=name, networkConfiguration=awsvpc(subnets("a")))
            self.assertIn(lack, self.lacks()[0])

    def test_a_secret(self):
        secrets = client("secretsmanager")
        arn = secrets.create_secret(Name="database")["ARN"]

        def reads(family, reference):
            return self.start(family, subnets("a"), secrets=[{"name": "PASSWORD", "valueFrom": reference}])

        self.assertEqual([f"secret {arn[:-2]}xx is not there yet"], reads("no-secret", f"{arn[:-2]}xx"))
        self.assertEqual([f"secret {arn} has no value yet"], reads("no-value", arn))
        secrets.put_secret_value(SecretId=arn, SecretString=json.dumps({"password": "x"}))
        self.assertEqual([f"secret {arn}:user:: has no key user"], reads("no-key", f"{arn}:user::"))
        self.assertEqual([], reads("a-key", f"{arn}:password::"))
        client("ssm").put_parameter(Name="/known", Value="x", Type="SecureString")
        self.assertEqual(["secret /unknown is not there yet"], reads("no-parameter", "/unknown"))
        self.assertEqual([], reads("a-parameter", "/known"))

    def test_what_an_account_has_before(self):
        secret = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:shop/search-AbCdEf"
        parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/feature-flags"
        secrets = [{"name": name, "valueFrom": reference} for name, reference in (("A", secret), ("B", parameter))]
        self.assertEqual([], self.start("before", subnets("a"), secrets=secrets))

    def test_an_egress_rule(self):
        ec2 = client("ec2")
        group = ec2.create_security_group(GroupName="closed", Description="x", VpcId=ADOPTED)["GroupId"]
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        self.assertEqual(["security group closed lets nothing out yet"], self.start("closed", subnets("a"), [group]))

    def test_endpoints_where_there_is_no_default_route(self):
        made, of_it, _ = vpc("10.13")
        secret = client("secretsmanager").create_secret(Name="endpoints", SecretString="x")["ARN"]
        client("logs").create_log_group(logGroupName="/endpoints")
        logging = {"logDriver": "awslogs", "options": {"awslogs-group": "/endpoints", "awslogs-region": REGION}}

        def lacking(family):
            return self.start(family, of_it[:1], logConfiguration=logging, secrets=[{"name": "A", "valueFrom": secret}])

        names = ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager"]
        self.assertEqual([f"subnet {of_it[0]} has no default route yet, nor endpoints for {', '.join(names)}"], lacking("cut-off"))
        for name in names:
            kind = {"VpcEndpointType": "Gateway"} if name == "s3" else {"VpcEndpointType": "Interface", "SubnetIds": of_it}
            client("ec2").create_vpc_endpoint(VpcId=made, ServiceName=f"com.amazonaws.{REGION}.{name}", **kind)
        self.assertEqual([], lacking("by-endpoints"))

    def test_a_mount_target(self):
        efs = client("efs")
        file_system = efs.create_file_system(CreationToken="mounted")["FileSystemId"]
        volume = {"name": "data", "efsVolumeConfiguration": {"fileSystemId": file_system}}
        registered = client("ecs").register_task_definition(
            family="mounting",
            networkMode="awsvpc",
            executionRoleArn=role("execution"),
            containerDefinitions=[{"name": "api", "image": "x", "memory": 128}],
            volumes=[volume],
        )["taskDefinition"]["taskDefinitionArn"]
        one, other = subnets("a")[0], subnets("b")[0]
        efs.create_mount_target(FileSystemId=file_system, SubnetId=one)
        asked = {"cluster": "starts", "taskDefinition": registered}
        client("ecs").run_task(networkConfiguration=awsvpc([one]), **asked)
        self.assertEqual([], self.lacks())
        client("ecs").run_task(networkConfiguration=awsvpc([one, other]), **asked)
        self.assertEqual([f"job mounting: file system {file_system} has no mount target in {other} yet"], self.lacks())
