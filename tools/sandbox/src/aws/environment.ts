import { logRetentions } from "@fairlead/model";

import { AwsError, type ResourceModel } from "./model";

const namespace = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const discovered = "aws:servicediscovery/service:Service";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
/** 0 is forever. */
const retentions: readonly number[] = [0, ...logRetentions];

/** Cloud Map and CloudWatch Logs. */
export const environment: Record<string, ResourceModel> = {
  [namespace]: {
    replaceOn: ["name", "vpc"],
    refuse({ name, vpc }, world, id) {
      const twin = world.all(namespace).some((other) => other.id !== id && other.inputs.name === name && other.inputs.vpc === vpc);
      if (twin) throw new AwsError("ConflictingDomainExists", `The VPC ${vpc} already has a hosted zone for ${name}`);
    },
    create: (_, { unique, arn }) => {
      const id = `ns-${unique(16)}`;
      return { id, outputs: { arn: arn("servicediscovery", `namespace/${id}`), hostedZone: `Z0${unique(18).toUpperCase()}` } };
    },
    refuseDelete(id, _, world) {
      if (world.all(discovered).some(({ inputs }) => inputs.dnsConfig?.namespaceId === id)) {
        throw new AwsError("ResourceInUse", "Namespace has associated services");
      }
    },
  },
  [discovered]: {
    replaceOn: ["name", "namespaceId"],
    refuse({ name, dnsConfig }, world, id) {
      if (!world.get(namespace, dnsConfig.namespaceId)) throw new AwsError("NamespaceNotFound", dnsConfig.namespaceId);
      const twin = world
        .all(discovered)
        .some((other) => other.id !== id && other.inputs.name === name && other.inputs.dnsConfig.namespaceId === dnsConfig.namespaceId);
      if (twin) throw new AwsError("ServiceAlreadyExists", `Service ${name} already exists in namespace`);
    },
    create: (_, { unique, arn }) => {
      const id = `srv-${unique(16)}`;
      return { id, outputs: { arn: arn("servicediscovery", `service/${id}`) } };
    },
  },
  [logGroup]: {
    autoName: "name",
    replaceOn: ["name"],
    refuse({ name, retentionInDays }, world, id) {
      if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw new AwsError("InvalidParameterException", `Log group name '${name}'`);
      if (!retentions.includes(retentionInDays ?? 0)) throw new AwsError("InvalidParameterException", `retentionInDays ${retentionInDays}`);
      if (!id && world.get(logGroup, name)) throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    },
    create: ({ name }, { arn }) => ({ id: name, outputs: { arn: arn("logs", `log-group:${name}`) } }),
  },
};
