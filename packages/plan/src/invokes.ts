/** The account that stands in AWS's own documentation; the embedded plan has no credentials to ask for a real one. */
export const exampleAccountId = "123456789012";

/**
 * The first three zones of a region. AWS names others to some accounts (no ap-northeast-1b, for instance), which only the account knows.
 */
export function zoneNames(region: string): string[] {
  return ["a", "b", "c"].map((letter) => `${region}${letter}`);
}

type Answer = (args: Record<string, unknown>, region: string) => Record<string, unknown>;

const answers: Record<string, Answer> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: exampleAccountId, id: exampleAccountId }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_, region) => ({
    userName: "AWS",
    password: "known-only-to-aws",
    proxyEndpoint: `https://${exampleAccountId}.dkr.ecr.${region}.amazonaws.com`,
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, region) => {
    const asked = String(args.region ?? region);
    return { id: asked, names: zoneNames(asked) };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }) => ({ id: "pl-0aaaaaaaaaaaaaaaa", name }),
  "aws:secretsmanager/getSecret:getSecret": ({ name }, region) => {
    const arn = `arn:aws:secretsmanager:${region}:${exampleAccountId}:secret:${String(name)}-AbCdEf`;
    return { id: arn, arn, name };
  },
  "aws:ec2/getVpc:getVpc": (args) => ({ id: args.id, cidrBlock: "10.0.0.0/16" }),
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"] }),
  "aws:ec2/getRouteTables:getRouteTables": () => ({ ids: ["rtb-0aaaaaaaaaaaaaaaa"] }),
};

/** Answers a provider function in the embedded plan; one that has no answer here is an error that says so, never a silent guess. */
export function answerInvoke(token: string, args: Record<string, unknown>, region: string): Record<string, unknown> {
  const answer = answers[token];
  if (!answer) {
    throw new Error(
      `The embedded plan has no answer for ${token}: it runs without credentials. Pass the value by configuration, or add an answer in packages/plan/src/invokes.ts.`,
    );
  }
  return answer(args, region);
}
