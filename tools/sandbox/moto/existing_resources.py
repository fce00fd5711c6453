"""What the stacks name by its id, in an account before the first `up`: a VPC to adopt, a certificate, a hosted zone, a secret, a parameter, an export."""

from moto.acm.models import acm_backends
from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.parsing import Export
from moto.ec2.models import ec2_backends
from moto.route53.models import route53_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

from state import ACCOUNT, REGION

# Of the stack `sandbox`, and of the example `everything`.
ADOPTED_VPCS = ["vpc-0fa1r1ead5a2db0c5", "vpc-0a1b2c3d4e5f60718"]
PREFIX_LIST = "pl-0aaaaaaaaaaaaaaaa"
CERTIFICATE = "00000000-0000-0000-0000-000000000000"
HOSTED_ZONE = "Z0123456789ABCDEFGHIJ"
# The example `everything` reads them.
SECRET = "shop/search-AbCdEf"
PARAMETER = "/shop/feature-flags"
EXPORT = "taxes-live-TableName"
SECRET_EXPORT = "taxes-live-Key"
EXPORTED_SECRET = "taxes/key-GhIjKl"


def renamed(store, old, new, attribute="id"):
    thing = store.pop(old)
    setattr(thing, attribute, new)
    store[new] = thing
    return thing


def adopted_vpc(ec2, wanted):
    """Two private and two public subnets in two zones, and a way to the internet."""
    made = ec2.create_vpc("10.0.0.0/16").id
    gateway = ec2.create_internet_gateway()
    for thing in [*ec2.route_tables.values(), *ec2.network_acls.values()]:
        if getattr(thing, "vpc_id", None) == made:
            thing.vpc_id = wanted
    ec2.groups[wanted] = ec2.groups.pop(made)
    for group in ec2.groups[wanted].values():
        group.vpc_id = wanted
    renamed(ec2.vpcs, made, wanted)
    for number, zone in enumerate("abab"):
        subnet = ec2.create_subnet(wanted, f"10.0.{number}.0/24", availability_zone=f"{REGION}{zone}")
        subnet.map_public_ip_on_launch = number > 1
    ec2.attach_internet_gateway(gateway.id, wanted)
    table = next(table for table in ec2.route_tables.values() if table.vpc_id == wanted)
    ec2.create_route(table.id, "0.0.0.0/0", gateway_id=gateway.id)


def install():
    ec2 = ec2_backends[ACCOUNT][REGION]
    for vpc in ADOPTED_VPCS:
        adopted_vpc(ec2, vpc)
    # AWS's own list, of which the addresses don't matter here.
    name = "com.amazonaws.global.cloudfront.origin-facing"
    if not any(known.prefix_list_name == name for known in ec2.managed_prefix_lists.values()):
        made = ec2.create_managed_prefix_list("IPv4", [{"Cidr": "120.52.22.96/27"}], 60, name)
        renamed(ec2.managed_prefix_lists, made.id, PREFIX_LIST)
    acm = acm_backends[ACCOUNT][REGION]
    certificate = acm._certificates.pop(acm.request_certificate("example.com", None, [], []))
    certificate.arn, certificate.status = f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/{CERTIFICATE}", "ISSUED"
    acm._certificates[certificate.arn] = certificate
    route53 = route53_backends[ACCOUNT]["aws"]
    zone = route53.create_hosted_zone("example.com", private_zone=False)
    route53.zones.pop(zone.resource_id)
    zone.resource_id = HOSTED_ZONE
    route53.zones[HOSTED_ZONE] = zone
    secrets = secretsmanager_backends[ACCOUNT][REGION]
    for secret, value in ((SECRET, "only-for-the-sandbox"), (EXPORTED_SECRET, '{"key": "only-for-the-sandbox"}')):
        name = secret.rsplit("-", 1)[0]
        secrets.create_secret(name, value, None, None, None, None, None, [], False)
        secrets.secrets[name].arn = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{secret}"
    ssm_backends[ACCOUNT][REGION].put_parameter(PARAMETER, "", "only-for-the-sandbox", "SecureString", "", "alias/aws/ssm", False, [], "text", None, None)
    secret_arn = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{EXPORTED_SECRET}"
    for export, value in ((EXPORT, "taxes-live"), (SECRET_EXPORT, secret_arn)):
        stack = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/taxes-live/0"
        cloudformation_backends[ACCOUNT][REGION].exports[export] = Export(stack, export, value)
