import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { configurationFile, environmentsFile } from "@fairlead/model";

import { commit, inProject } from "../../checkout";
import { edit } from "../../edit";

export const stackName = "rollouts";

/** Key of its configuration: whether its services have alarms. */
export const alarmsKey = "fairlead:alarms";

const composition = `import { deployServices, servicesOf, type Settings } from "@fairlead/environment";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { AlarmTopic } from "@fairlead/observability";
import { Cluster } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

/** Two services whose tasks really run. */
export default function rollouts(settings: Settings) {
  const specs = servicesOf(settings, { defaults: { cpuArchitecture: "X86_64", desiredCount: 2 }, data: {} });
  const config = new pulumi.Config();
  const logs = { retentionInDays: 7 } as const;
  const network = new Network("rollouts", { vpcId: config.require("vpcId") });
  const cluster = new Cluster("rollouts", { containerInsights: "disabled", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("rollouts", {
    network,
    certificateArn: settings.certificateArn,
    deletionProtection: false,
    maxRules: settings.loadBalancerRules,
  });
  const serviceDiscovery = new ServiceDiscovery("rollouts", { network, namespaceName: "rollouts.internal" });
  const platform = { network, cluster, loadBalancer, serviceDiscovery };
  const alarmTopic = config.getBoolean("alarms") ? new AlarmTopic("rollouts", { emails: [], clusterArn: cluster.arn }) : undefined;
  const services = deployServices({ settings, specs, ...platform, alarmTopic, forceDeleteRepositories: true, logs });
  return { url: loadBalancer.url, ...services };
}
`;

const dockerfile = `FROM public.ecr.aws/docker/library/node:22-bookworm-slim
WORKDIR /app
COPY src ./src
USER node
CMD ["node", "src/main.js"]
`;

/** Where its programs are, as they are first. */
export const programs = { shop: `${stackName}/shop/src/main.js`, clock: `${stackName}/clock/src/main.js` };

const files: Record<string, string> = {
  [`${stackName}.ts`]: composition,
  [`${stackName}/shop/service.yaml`]: `name: shop
owner: shop
version: 1.0.0
containerPort: 8080
cpu: 256
memoryMiB: 512
routes:
  - path: /*
healthCheck:
  path: /health
  intervalSeconds: 10
`,
  [`${stackName}/shop/Dockerfile`]: dockerfile,
  [programs.shop]: `const { createServer } = require("node:http");

const revision = "first";
const server = createServer((asked, answer) => {
  if (asked.url === "/health") return answer.end("healthy");
  answer.writeHead(asked.url === "/" ? 200 : 404).end(revision);
});
server.listen(process.env.PORT, () => console.log("listening"));
process.on("SIGTERM", () => server.close());
`,
  [`${stackName}/clock/service.yaml`]: `name: clock
owner: shop
version: 1.0.0
kind: worker
`,
  [`${stackName}/clock/Dockerfile`]: dockerfile,
  [programs.clock]: `const timer = setInterval(() => console.log("tick"), 1000);
process.on("SIGTERM", () => clearInterval(timer));
`,
};

/** Adds the stack to the project, with services of its own. */
export async function addRolloutsStack(checkout: string): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(inProject(checkout, path)), { recursive: true });
    writeFileSync(inProject(checkout, path), text);
  }
  const configuration = readFileSync(inProject(checkout, configurationFile("sandbox")), "utf8");
  writeFileSync(
    inProject(checkout, configurationFile(stackName)),
    `${configuration.trimEnd()}\n  fairlead:appsDirectory: ${stackName}\n  ${alarmsKey}: false\n`,
  );
  edit(inProject(checkout, environmentsFile), (text) => text.replace('"sandbox"', `"sandbox", "${stackName}"`));
  await commit(checkout, `A stack ${stackName}`);
}

/** Sets a key of its configuration. */
export function configure(checkout: string, key: string, value: string): void {
  edit(inProject(checkout, configurationFile(stackName)), (text) => {
    const others = text.replace(new RegExp(`\\n  ${key}: .*`), "");
    return others.replace(/^config:$/m, `config:\n  ${key}: ${value}`);
  });
}
