"""What exists in moto's account, for the refusals that look at more than one resource."""

import importlib
import os

# moto's own constant is another one where a variable names the account.
ACCOUNT = os.environ.get("MOTO_ACCOUNT_ID", "123456789012")
REGION = "us-east-1"
GLOBAL = ("iam", "s3", "cloudfront", "route53")


def backend(service):
    backends = getattr(importlib.import_module(f"moto.{service}.models"), f"{service}_backends")
    return backends[ACCOUNT]["aws" if service in GLOBAL else REGION]


def role(arn):
    name = (arn or "").rsplit("/", 1)[-1]
    return next((known for known in backend("iam").roles.values() if known.name == name), None)


def policies(known_role):
    return [*known_role.policies.values(), *known_role.managed_policies.values()]


def values(collection):
    return list(collection.values()) if hasattr(collection, "values") else list(collection or [])


def target_groups_of(actions):
    for action in actions:
        data = getattr(action, "data", action)
        if data.get("TargetGroupArn"):
            yield data["TargetGroupArn"]
        for group in (data.get("ForwardConfig") or {}).get("TargetGroups") or []:
            yield group.get("TargetGroupArn")


def routed_target_groups():
    """Target groups to which a listener or one of its rules sends requests."""
    found = set()
    for load_balancer in backend("elbv2").load_balancers.values():
        for listener in load_balancer.listeners.values():
            found |= set(target_groups_of(listener.default_actions))
            for rule in values(listener.rules):
                found |= set(target_groups_of(rule.actions))
    return found


def active_services():
    return [service for service in backend("ecs").services.values() if service.status == "ACTIVE"]


def network_of(service):
    return (service.network_configuration or {}).get("awsvpcConfiguration", {})


def active_endpoints():
    return [endpoint for endpoint in backend("ec2").vpc_end_points.values() if str(endpoint.state).lower() not in ("deleted", "deleting")]


def nat_gateways():
    return [gateway for gateway in backend("ec2").nat_gateways.values() if gateway.state not in ("deleted", "failed")]


def users_of_security_group(group_id):
    """Who has a network interface with it."""
    users = [(f"load balancer {each.name}", each.security_groups) for each in backend("elbv2").load_balancers.values()]
    users += [(f"service {each.name}", network_of(each).get("securityGroups")) for each in active_services()]
    users += [(f"cluster {each.db_cluster_identifier}", each.vpc_security_group_ids) for each in backend("rds").clusters.values()]
    users += [(f"endpoint {each.service_name}", each.security_group_ids) for each in active_endpoints()]
    users += [("mount target", each.security_groups) for each in getattr(backend("efs"), "mount_targets_by_id", {}).values()]
    return [who for who, groups in users if group_id in (groups or [])]


def users_of_subnet(subnet_id):
    users = [(f"load balancer {each.name}", each.subnets) for each in backend("elbv2").load_balancers.values()]
    users += [(f"service {each.name}", network_of(each).get("subnets")) for each in active_services()]
    users += [("NAT gateway", [each.subnet_id]) for each in nat_gateways()]
    users += [(f"endpoint {each.service_name}", each.subnet_ids) for each in active_endpoints()]
    return [who for who, subnets in users if subnet_id in [getattr(each, "id", each) for each in subnets or []]]


def has_internet_gateway(vpc_id):
    return any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in backend("ec2").internet_gateways.values())
