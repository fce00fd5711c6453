"""What a task would lack at the moment it is started, or its service made. ECS accepts a service and goes on trying, and a job's task ends before it
runs: it is no refusal, and is noted in the file that FAIRLEAD_SANDBOX_NOTES names. The scenario expects no note.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

import json
import os

import state


def note_lacks(who, given):
    """Of CreateService and RunTask, who both name a task definition and a network."""
    definition = state.backend("ecs").describe_task_definition(given["taskDefinition"])
    network = (given.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    lacks = [*of_definition(definition), *of_subnets(definition, network), *of_security_groups(network), *of_volumes(definition, network)]
    if lacks:
        with open(os.environ["FAIRLEAD_SANDBOX_NOTES"], "a") as notes:
            notes.writelines(f"{who}: {lack}\n" for lack in lacks)
    return lacks


def of_definition(definition):
    logs = state.backend("logs").groups
    for container in definition.container_definitions:
        options = (container.get("logConfiguration") or {}).get("options") or {}
        group = options.get("awslogs-group")
        if group and options.get("awslogs-create-group") != "true" and group not in logs:
            yield f"log group {group} is not there yet"
    for secret in secrets_of(definition):
        lack = lack_of_secret(secret)
        if lack:
            yield f"secret {secret} {lack}"
    execution = state.role(definition.execution_role_arn)
    if execution is None:
        yield f"execution role {definition.execution_role_arn} is not there yet"
    elif not state.policies(execution):
        yield f"the execution role {execution.name} has no policy yet: image, log stream and secrets are refused"


def secrets_of(definition):
    for container in definition.container_definitions:
        logging = container.get("logConfiguration") or {}
        for secret in [*(container.get("secrets") or []), *(logging.get("secretOptions") or [])]:
            yield secret["valueFrom"]
        if container.get("repositoryCredentials"):
            yield container["repositoryCredentials"]["credentialsParameter"]


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
def lack_of_secret(reference):
    if ":secretsmanager:" not in reference:
        return None if state.backend("ssm").get_parameters([reference]) else "is not there yet"
    parts = [*reference.split(":"), "", "", ""]
    secret = state.backend("secretsmanager").secrets.get(":".join(parts[:7]))
    if secret is None or secret.is_deleted():
        return "is not there yet"
    key, stage, version_id = parts[7:10]
    version = secret.versions.get(version_id) if version_id else version_at(secret, stage or "AWSCURRENT")
    if version is None:
        return "has no value yet"
    return f"has no key {key}" if key and key not in keys_of(version) else None


def version_at(secret, stage):
    return next((version for version in secret.versions.values() if stage in version["version_stages"]), None)


def keys_of(version):
    try:
        value = json.loads(version.get("secret_string") or "")
        return value if isinstance(value, dict) else {}
    except ValueError:
        return {}


def of_subnets(definition, network):
    ec2 = state.backend("ec2")
    for subnet_id in network.get("subnets") or []:
        tables = [table for table in ec2.route_tables.values() if any(subnet_of(each) == subnet_id for each in state.values(table.associations))]
        vpc = ec2.get_subnet(subnet_id).vpc_id
        tables = tables or [table for table in ec2.route_tables.values() if table.vpc_id == vpc]
        routes = [route for table in tables for route in state.values(table.routes)]
        if any((getattr(route, "destination_cidr_block", "") or "") == "0.0.0.0/0" for route in routes):
            continue
        endpoints = {each.service_name.split(".", 3)[-1] for each in state.active_endpoints() if each.vpc_id == vpc}
        lacking = sorted(needed_endpoints(definition) - endpoints)
        if lacking:
            yield f"subnet {subnet_id} has no default route yet, nor endpoints for {', '.join(lacking)}"


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
def needed_endpoints(definition):
    needed = {"ecr.api", "ecr.dkr", "s3"}
    for container in definition.container_definitions:
        if (container.get("logConfiguration") or {}).get("logDriver") == "awslogs":
            needed.add("logs")
    for secret in secrets_of(definition):
        needed.add("secretsmanager" if ":secretsmanager:" in secret else "ssm")
    return needed


def subnet_of(association):
    return association.get("SubnetId") if isinstance(association, dict) else getattr(association, "subnet_id", association)


def of_security_groups(network):
    for group_id in network.get("securityGroups") or []:
        group = state.backend("ec2").get_security_group_from_id(group_id)
        if group is not None and not group.egress_rules:
            yield f"security group {group.name} lets nothing out yet"


def of_volumes(definition, network):
    ec2, efs = state.backend("ec2"), state.backend("efs")
    for volume in definition.volumes or []:
        file_system = (volume.get("efsVolumeConfiguration") or {}).get("fileSystemId")
        if not file_system:
            continue
        zone = lambda subnet: str(ec2.get_subnet(subnet).availability_zone)  # noqa: E731
        mounted = {zone(target.subnet_id) for target in efs.file_systems_by_id[file_system].iter_mount_targets()}
        lacking = [subnet for subnet in network.get("subnets") or [] if zone(subnet) not in mounted]
        if lacking:
            yield f"file system {file_system} has no mount target in {', '.join(lacking)} yet"
