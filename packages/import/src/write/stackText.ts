import { inComment } from "./comment";
import { dataEntries, functionsOf } from "./dataNeed";
import type { Imported } from "./imported";
import type { StackNeeds } from "./stackNeeds";

/** The composition of an environment. @param needs what it has of networks, logs and load balancers @param imported whose it is, and what its comments say */
export function stackText(needs: StackNeeds, { application, origin }: Pick<Imported, "application" | "origin">): string {
  const { name, adopted } = needs;
  const quoted = JSON.stringify(name);
  const networking = [
    ...(needs.accessLogs ? ["AccessLogs"] : []),
    ...(needs.existingLoadBalancer ? ["ExistingLoadBalancer"] : []),
    ...(needs.existingLoadBalancer && !needs.internalLoadBalancer ? [] : ["LoadBalancer"]),
    "Network",
    ...(needs.networkLoadBalancer ? ["NetworkLoadBalancer"] : []),
    "ServiceDiscovery",
  ];
  const offers = [
    'defaults: { cpuArchitecture: "X86_64", desiredCount: 1, assignPublicIp: true }',
    needs.existingData.length > 0 ? "data: declared" : "data",
    ...(needs.networkLoadBalancer ? ["networkLoadBalancer: true"] : []),
    ...(needs.internalLoadBalancer ? ["internalLoadBalancer: true"] : []),
  ];
  const lines = [
    `import { ${["createData", ...functionsOf(needs.existingData)].join(", ")} } from "@fairlead/data";`,
    `import { deployServices, servicesOf, type Settings } from "@fairlead/environment";`,
    `import { ${networking.join(", ")} } from "@fairlead/networking";`,
    ...(needs.alarms ? [`import { AlarmTopic } from "@fairlead/observability";`] : []),
    `import { Cluster } from "@fairlead/services";`,
    "",
    `import { data } from "./data";`,
    "",
    '/** Of the load balancer and the data. Off with an `up` before it is destroyed: docs/environments.md, "Removing an environment". */',
    "const deletionProtection = true;",
    "",
    `/** ${inComment(`${name} of the ${origin.what} ${application}${origin.beside}`)} import-report.md says what is otherwise. */`,
    `export default function ${functionName(name)}(settings: Settings) {`,
    ...(adopted ? [] : ["  const { region, cidrBlock } = settings;"]),
    ...existingData(needs),
    `  const specs = servicesOf(settings, { ${offers.join(", ")} });`,
    `  const logs = { retentionInDays: ${needs.logRetentionDays} } as const;`,
    ...network(needs),
    ...(needs.accessLogs ? [`  const accessLogs = new AccessLogs(${JSON.stringify(`${name}-access-logs`)});`] : []),
    `  const cluster = new Cluster(${quoted}, { containerInsights: "${needs.containerInsights ? "enabled" : "disabled"}", executeCommandLogs: logs });`,
    ...loadBalancer(needs),
    ...(needs.networkLoadBalancer
      ? [`  const networkLoadBalancer = new NetworkLoadBalancer(${JSON.stringify(`${name}-tcp`)}, { network, deletionProtection });`]
      : []),
    ...internal(needs),
    `  // ${origin.namespaceComment}`,
    `  const serviceDiscovery = new ServiceDiscovery(${quoted}, { network, namespaceName: ${JSON.stringify(needs.namespaceName)} });`,
    "  const services = deployServices({",
    "    settings,",
    "    specs,",
    "    network,",
    "    cluster,",
    "    loadBalancer,",
    ...(needs.networkLoadBalancer ? ["    networkLoadBalancer,"] : []),
    ...(needs.internalLoadBalancer ? ["    internalLoadBalancer,"] : []),
    "    serviceDiscovery,",
    `    data: createData(${needs.existingData.length > 0 ? "declared" : "data"}, { network, deletionProtection, logs }),`,
    ...(needs.alarms ? [`    alarmTopic: new AlarmTopic(${quoted}, { emails: [...settings.alarmEmails], clusterArn: cluster.arn }),`] : []),
    "    forceDeleteRepositories: false,",
    "    logs,",
    "  });",
    "  return { url: loadBalancer.url, ...services };",
    "}",
    "",
  ];
  return lines.join("\n");
}

/** What services bind to besides what every environment has. */
function existingData({ existingData }: StackNeeds): string[] {
  if (existingData.length === 0) return [];
  return [
    "  // What was there before, and stays its stack's.",
    "  const declared = {",
    "    ...data,",
    ...dataEntries(existingData, "    "),
    "  };",
  ];
}

/** The entry of the environment: made, or one that is there already. */
function loadBalancer({ name, existingLoadBalancer, cidrBlocks, sslPolicy, accessLogs }: StackNeeds): string[] {
  const quoted = JSON.stringify(name);
  if (existingLoadBalancer) {
    const [key, value] =
      "arn" in existingLoadBalancer ? ["loadBalancerArn", existingLoadBalancer.arn] : ["loadBalancerName", existingLoadBalancer.name];
    return [
      '  // Its listener on 443. Where it has none: protocol: "http", and that on 80.',
      `  const loadBalancer = new ExistingLoadBalancer(${quoted}, {`,
      `    ${key}: ${JSON.stringify(value)},`,
      "    domainName: settings.domainName,",
      "    formerTargetGroups: settings.formerTargetGroups,",
      "    maxRules: settings.loadBalancerRules,",
      "  });",
    ];
  }
  return [
    `  const loadBalancer = new LoadBalancer(${quoted}, {`,
    "    network,",
    "    certificateArn: settings.certificateArn,",
    ...(cidrBlocks ? [`    cidrBlocks: ${JSON.stringify(cidrBlocks).replaceAll(",", ", ")},`] : []),
    ...(sslPolicy ? [`    sslPolicy: ${JSON.stringify(sslPolicy)},`] : []),
    "    domainName: settings.domainName,",
    "    hostedZoneId: settings.hostedZoneId,",
    "    deletionProtection,",
    "    maxRules: settings.loadBalancerRules,",
    ...(accessLogs ? ["    accessLogs,"] : []),
    "  });",
  ];
}

/** The load balancer that the network alone reaches. */
function internal({ name, internalLoadBalancer }: StackNeeds): string[] {
  if (!internalLoadBalancer) return [];
  const { certificateArn, sslPolicy, subnetIds = [] } = internalLoadBalancer;
  return [
    `  const internalLoadBalancer = new LoadBalancer(${JSON.stringify(`${name}-internal`)}, {`,
    "    network,",
    "    internal: true,",
    ...(certificateArn === undefined ? [] : [`    certificateArn: ${JSON.stringify(certificateArn)},`]),
    ...(sslPolicy === undefined ? [] : [`    sslPolicy: ${JSON.stringify(sslPolicy)},`]),
    "    deletionProtection,",
    "    maxRules: settings.loadBalancerRules,",
    ...(subnetIds.length > 0
      ? [`    transform: (args) => ({ ...args, subnets: ${JSON.stringify(subnetIds).replaceAll(",", ", ")} }),`]
      : []),
    "  });",
  ];
}

function network({ name, adopted, natGateway, flowLogs, searchesNames, namespaceName }: StackNeeds): string[] {
  const quoted = JSON.stringify(name);
  if (!adopted) {
    const args = [
      "region",
      "cidrBlock",
      "availabilityZones: 2",
      `natGateways: "${natGateway ? "single" : "none"}"`,
      ...(flowLogs ? ['flowLogs: "ALL"'] : []),
    ];
    if (!searchesNames) return [`  const network = new Network(${quoted}, { ${args.join(", ")}, logs });`];
    return [
      `  const network = new Network(${quoted}, {`,
      ...args.map((each) => `    ${each},`),
      "    // Programs name others as Compose lets them: api is found as api.<domain>.",
      `    searchDomain: ${JSON.stringify(namespaceName)},`,
      "    logs,",
      "  });",
    ];
  }
  const { vpcId, publicSubnetIds, privateSubnetIds } = adopted;
  const ids = (key: string, list: string[]) => (list.length > 0 ? [`    ${key}: ${JSON.stringify(list).replaceAll(",", ", ")},`] : []);
  return [
    `  const network = new Network(${quoted}, {`,
    `    vpcId: ${JSON.stringify(vpcId)},`,
    ...ids("publicSubnetIds", publicSubnetIds),
    ...ids("privateSubnetIds", privateSubnetIds),
    "  });",
  ];
}

/** Why an environment can't have a name; undefined where it can. */
export function environmentNameProblem(name: string): string | undefined {
  if (["data", "index"].includes(name)) return `stacks/${name} is another file`;
  return reserved.has(name) ? "TypeScript keeps the word for itself, or the composition has it already" : undefined;
}

/** An environment's name as a function's; `prod-eu` is `prodEu`. */
function functionName(name: string): string {
  const identifier = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return reserved.has(identifier) ? `${identifier}Environment` : identifier;
}

/** Words that no function of a module may be called, and what the composition calls something else. */
const reserved = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in " +
    "instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield " +
    "arguments eval data declared settings deletionProtection"
  ).split(" "),
);
