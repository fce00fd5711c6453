import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { argumentDefaults, canonicalType, setArguments, typeSheets } from "@fairlead/model/awsTypes";

import { judges } from "../src/arguments";
import { isPolicyArgument } from "../src/openings/policyArguments";

const provider = dirname(require.resolve("@pulumi/aws/package.json"));

/** The arguments of a type, as the provider's own declarations name them; undefined where it has no such type. */
function argumentsOf(type: string): string[] | undefined {
  const [, module, name] = /^aws:(.+):(\w+)$/.exec(type)!;
  const file = join(provider, `${module}.d.ts`);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const start = text.indexOf(`export interface ${name}Args {`);
  return start < 0
    ? undefined
    : [...text.slice(start, text.indexOf("\n}", start)).matchAll(/^ {4}(\w+)\??: /gm)].map(([, argument]) => argument!);
}

const ofProvider = (type: string) => type.startsWith("aws:");
const top = (paths: readonly string[] = []) => paths.map((path) => path.split(".")[0]!);
const named = [...new Set([...judges.keys(), ...typeSheets.keys(), ...Object.keys(argumentDefaults), ...Object.keys(setArguments)])].filter(
  ofProvider,
);

test("the provider's declarations are read", () => {
  expect(argumentsOf("aws:sqs/queuePolicy:QueuePolicy")).toEqual(["policy", "queueUrl", "region"]);
  expect(argumentsOf("aws:s3/bucketPolicyV2:BucketPolicyV2")).toBeUndefined();
});

test("each type of a table is one of the provider's", () => {
  expect(named.filter((type) => argumentsOf(type) === undefined)).toEqual([]);
});

test("each type of a table is named as it is known here", () => {
  expect(named.filter((type) => canonicalType(type) !== type)).toEqual([]);
});

test("each type that has a sheet has judges, and the other way round", () => {
  const components = ["awsx:ec2:Vpc"];
  expect([...typeSheets.keys()].filter((type) => !judges.has(type) && !components.includes(type))).toEqual([]);
  expect([...judges.keys()].filter((type) => !typeSheets.has(type))).toEqual([]);
});

test.each(named)("each argument that is named of %s is one", (type) => {
  const { replacedBy, unasked, partOf, settingOf, inPlace } = typeSheets.get(type) ?? {};
  const told = [
    ...Object.keys(judges.get(type) ?? {}),
    ...top(replacedBy),
    ...(unasked ?? []),
    ...[partOf, settingOf].filter((argument) => argument !== undefined && argument !== "account"),
    ...Object.keys(inPlace ?? {}),
    ...Object.keys(argumentDefaults[type] ?? {}),
    ...top(setArguments[type]),
  ];
  expect(told.filter((argument) => !argumentsOf(type)!.includes(argument!))).toEqual([]);
});

/** What a change of these means nobody here knows: each is told as such. */
const nobodyKnows: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": [
    "availabilityZoneDistribution",
    "capacityReservationSpecification",
    "instanceLifecyclePolicy",
    "instanceMaintenancePolicy",
    "warmPool",
  ],
  "aws:dynamodb/table:Table": ["restoreBackupArn"],
  "aws:ec2/eip:Eip": ["customerOwnedIpv4Pool"],
  "aws:ec2/flowLog:FlowLog": ["regionalNatGatewayId", "tagFieldSpecifications"],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "enclaveOptions",
    "hibernationOptions",
    "kernelId",
    "networkPerformanceOptions",
    "ramDiskId",
    "secondaryInterfaces",
  ],
  "aws:ec2/natGateway:NatGateway": ["availabilityMode", "vpcId"],
  "aws:ec2/subnet:Subnet": [
    "enableLniAtDeviceIndex",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6CidrBlock",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
  ],
  "aws:efs/mountTarget:MountTarget": ["ipAddressType", "ipv6Address"],
  "aws:lb/targetGroup:TargetGroup": ["targetControlPort"],
  "aws:rds/cluster:Cluster": ["clusterMembers"],
  "aws:rds/subnetGroup:SubnetGroup": ["description"],
  "aws:s3/bucket:Bucket": ["bucketNamespace"],
  "aws:secretsmanager/secret:Secret": ["type"],
};

test.each([...typeSheets.keys()].filter(ofProvider))(
  "each argument of %s is judged, replaces it, or is one of which nobody knows",
  (type) => {
    const told = new Set(["region", ...Object.keys(judges.get(type) ?? {}), ...top(typeSheets.get(type)!.replacedBy)]);
    expect(argumentsOf(type)!.filter((argument) => !told.has(argument) && !isPolicyArgument(type, argument))).toEqual([
      ...(nobodyKnows[type] ?? []),
    ]);
  },
);
