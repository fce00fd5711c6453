import { AwsError, type ResourceModel } from "./model";
import type { Properties, World } from "./world";

const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

function rule(type: string): ResourceModel {
  const samePermission = ["securityGroupId", "cidrIpv4", "referencedSecurityGroupId", "ipProtocol", "fromPort", "toPort"];
  return {
    replaceOn: ["securityGroupId"],
    refuse(inputs, world, id) {
      for (const groupId of [inputs.securityGroupId, inputs.referencedSecurityGroupId]) {
        if (groupId && !world.get(securityGroup, groupId)) {
          throw new AwsError("InvalidGroup.NotFound", `The security group '${groupId}' does not exist`);
        }
      }
      const twin = world.all(type).find((other) => other.id !== id && samePermission.every((key) => other.inputs[key] === inputs[key]));
      if (twin) throw new AwsError("InvalidPermission.Duplicate", `the specified rule already exists as ${twin.id}`);
    },
    create: (_, { unique, arn }) => {
      const id = `sgr-0${unique(16)}`;
      return { id, outputs: { arn: arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id } };
    },
  };
}

function refuseGroupInUse(id: string, _: Properties, world: World): void {
  const referring = [...world.all(ingressRule), ...world.all(egressRule)].find(({ inputs }) => inputs.referencedSecurityGroupId === id);
  const attached = [...world.all("aws:lb/loadBalancer:LoadBalancer"), ...world.all("aws:ecs/service:Service")].find(({ inputs }) =>
    (inputs.securityGroups ?? inputs.networkConfiguration?.securityGroups ?? []).includes(id),
  );
  const user = referring ?? attached;
  if (user) throw new AwsError("DependencyViolation", `resource ${id} has a dependent object (${user.id})`);
}

/** Security groups and their rules. */
export const network: Record<string, ResourceModel> = {
  [securityGroup]: {
    autoName: "name",
    replaceOn: ["name", "description", "vpcId"],
    refuse({ name, description, vpcId }, world, id) {
      if (name.length > 255 || name.startsWith("sg-")) throw new AwsError("InvalidParameterValue", `Invalid security group name '${name}'`);
      if (!/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/.test(description ?? "")) {
        throw new AwsError("InvalidParameterValue", `Invalid security group description '${description}'`);
      }
      const twin = world.all(securityGroup).find((group) => group.id !== id && group.inputs.name === name && group.inputs.vpcId === vpcId);
      if (twin) throw new AwsError("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpcId}'`);
    },
    create: (_, { unique, arn, accountId }) => {
      const id = `sg-0${unique(16)}`;
      return { id, outputs: { arn: arn("ec2", `security-group/${id}`), ownerId: accountId } };
    },
    refuseDelete: refuseGroupInUse,
  },
  [ingressRule]: rule(ingressRule),
  [egressRule]: rule(egressRule),
};
