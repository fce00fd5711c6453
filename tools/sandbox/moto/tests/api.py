"""An API of moto's of its own, which ends with the tests, and clients of it."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from functools import cache
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

REGION = "us-east-1"
ACCOUNT = "123456789012"
ADOPTED = "vpc-0fa1r1ead5a2db0c5"
os.environ["NO_PROXY"] = "127.0.0.1"
FOLDER = Path(tempfile.mkdtemp(prefix="fairlead-moto-"))
ANYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
NOTES = FOLDER / "notes.txt"


@cache
def endpoint():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"MOTO_ACCOUNT_ID": ACCOUNT, "FAIRLEAD_SANDBOX_NOTES": str(NOTES), "FAIRLEAD_SANDBOX_REGISTRY": "registry.example:5000"}
    command = [sys.executable, str(Path(__file__).parent.parent / "serve.py"), str(port), str(FOLDER / "log.jsonl")]
    server = subprocess.Popen(command, env={**os.environ, **own})
    atexit.register(lambda: (server.terminate(), server.wait(), shutil.rmtree(FOLDER)))
    url = f"http://127.0.0.1:{port}"
    while True:
        try:
            urllib.request.urlopen(f"{url}/moto-api/").close()
            return url
        except OSError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)


@cache
def client(service):
    login = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    return boto3.client(service, region_name=REGION, endpoint_url=endpoint(), **login)


class Case(unittest.TestCase):
    def refused(self, code, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(code, caught.exception.response["Error"]["Code"])
        return caught.exception.response

    def lacks(self):
        """What was noted since it was asked last."""
        noted = NOTES.read_text().splitlines() if NOTES.exists() else []
        NOTES.unlink(missing_ok=True)
        return noted


def subnets(zone=None):
    """Of the VPC that an account has before."""
    found = client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [ADOPTED]}])["Subnets"]
    return [each["SubnetId"] for each in found if zone in (None, each["AvailabilityZone"][-1])]


def vpc(cidr, gateway=False):
    """A VPC with a subnet in each of two zones: its ID, theirs and the gateway's."""
    ec2 = client("ec2")
    made = ec2.create_vpc(CidrBlock=f"{cidr}.0.0/16")["Vpc"]["VpcId"]
    zones = [f"{REGION}a", f"{REGION}b"]
    of_it = [
        ec2.create_subnet(VpcId=made, CidrBlock=f"{cidr}.{number}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"] for number, zone in enumerate(zones)
    ]
    igw = None
    if gateway:
        igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=made)
    return made, of_it, igw


@cache
def role(name):
    """One that may do something."""
    iam = client("iam")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [ANYTHING]}))
    return arn


def task_definition(family, **options):
    """One of Fargate's that lacks nothing, but for what `options` say of its container."""
    registered = client("ecs").register_task_definition(
        family=family,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        executionRoleArn=role("execution"),
        containerDefinitions=[{"name": "api", "image": "x", "portMappings": [{"containerPort": 80}], **options}],
    )
    return registered["taskDefinition"]["taskDefinitionArn"]


def awsvpc(subnet_ids, groups=()):
    return {"awsvpcConfiguration": {"subnets": subnet_ids, "securityGroups": list(groups)}}
