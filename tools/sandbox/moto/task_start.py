"""What a task would lack at the moment its service is made. ECS accepts the service and goes on trying, so it is no refusal: it is noted, in
the file that FAIRLEAD_SANDBOX_NOTES names, and the scenario expects no note.
"""

import json
import os

import state


def note(text):
    with open(os.environ["FAIRLEAD_SANDBOX_NOTES"], "a") as notes:
        notes.write(text + "\n")


def look(given):
    who = f"service {given['serviceName']}"
    definition = state.backend("ecs").describe_task_definition(given["taskDefinition"])
    network = (given.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    for lack in [*of_definition(definition), *of_subnets(network), *of_security_groups(network), *of_volumes(definition, network)]:
        note(f"{who}: {lack}")


def of_definition(definition):
    logs = state.backend("logs").groups
    names = set(logs) | {getattr(group, "name", None) for group in logs.values()}
    for container in definition.container_definitions:
        options = (container.get("logConfiguration") or {}).get("options") or {}
        group = options.get("awslogs-group")
        if group and group not in names:
            yield f"log group {group} is not there yet"
    execution = state.role(definition.execution_role_arn)
    if execution is None:
        yield f"execution role {definition.execution_role_arn} is not there yet"
    elif not state.policies(execution):
        yield f"the execution role {execution.name} has no policy yet: image, log stream and secrets are refused"


def of_subnets(network):
    ec2 = state.backend("ec2")
    for subnet_id in network.get("subnets") or []:
        tables = [table for table in ec2.route_tables.values() if any(subnet_of(each) == subnet_id for each in state.values(table.associations))]
        vpc = ec2.get_subnet(subnet_id).vpc_id
        tables = tables or [table for table in ec2.route_tables.values() if table.vpc_id == vpc]
        routes = [route for table in tables for route in state.values(table.routes)]
        endpoints = {".".join(each.service_name.rsplit(".", 2)[-2:]) for each in state.active_endpoints() if each.vpc_id == vpc}
        leads_out = any((getattr(route, "destination_cidr_block", "") or "") == "0.0.0.0/0" for route in routes)
        if not leads_out and not {"ecr.api", "ecr.dkr"} <= endpoints:
            yield f"subnet {subnet_id} has no default route yet, nor endpoints for ECR"


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
