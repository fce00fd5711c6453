import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { configurationFile, environmentsFile } from "@fairlead/model";

import { commit, inProject } from "../../checkout";
import { edit } from "../../edit";

export const stackName = "adopted";

/** As somebody writes a new environment who doesn't think of what is there. */
const composition = `import { bucket, createData, postgres, table } from "@fairlead/data";
import { deployServices, servicesOf, type Settings } from "@fairlead/environment";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";

const data = {
  carts: table({ partitionKey: { name: "customer" } }),
  exports: bucket(),
  orders: postgres({ instances: 1 }),
};

/** A service that takes the place of one of somebody else's. */
export default function adopted(settings: Settings) {
  const { region } = settings;
  const specs = servicesOf(settings, { defaults: { cpuArchitecture: "X86_64", desiredCount: 1, assignPublicIp: true }, data });
  const logs = { retentionInDays: 7 } as const;
  const network = new Network("adopted", { region, natGateways: "none", flowLogs: false });
  const cluster = new Cluster("adopted", { containerInsights: "disabled", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("adopted", { network, deletionProtection: false });
  const serviceDiscovery = new ServiceDiscovery("adopted", { network, namespaceName: "adopted.internal" });
  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(data, { network, deletionProtection: true, logs }),
    forceDeleteRepositories: true,
    logs,
  });
  return { url: loadBalancer.url, ...services };
}
`;

const files: Record<string, string> = {
  [`${stackName}.ts`]: composition,
  [`${stackName}/web/service.yaml`]: `name: web
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
uses:
  - name: carts
  - name: exports
  - name: orders
`,
  [`${stackName}/web/Dockerfile`]: `FROM public.ecr.aws/docker/library/node:22-bookworm-slim
WORKDIR /app
COPY src ./src
USER node
CMD ["node", "src/main.js"]
`,
  [`${stackName}/web/src/main.js`]: `const { createServer } = require("node:http");

const { CARTS_TABLE_NAME, EXPORTS_BUCKET, ORDERS_HOST, ORDERS_PASSWORD } = process.env;
const server = createServer((asked, answer) => {
  if (asked.url === "/health") return answer.end("healthy");
  answer.end(["new", CARTS_TABLE_NAME, EXPORTS_BUCKET, ORDERS_HOST, ORDERS_PASSWORD ? "with a password" : "without"].join(" "));
});
server.listen(process.env.PORT, () => console.log("listening"));
process.on("SIGTERM", () => server.close());
`,
};

/** Adds the stack to the project, with a service of its own. */
export async function addAdoptedStack(checkout: string): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(inProject(checkout, path)), { recursive: true });
    writeFileSync(inProject(checkout, path), text);
  }
  const configuration = readFileSync(inProject(checkout, configurationFile("sandbox")), "utf8");
  writeFileSync(inProject(checkout, configurationFile(stackName)), `${configuration.trimEnd()}\n  fairlead:appsDirectory: ${stackName}\n`);
  edit(inProject(checkout, environmentsFile), (text) => text.replace('"sandbox"', `"sandbox", "${stackName}"`));
  await commit(checkout, `A stack ${stackName}`);
}

/** What somebody makes of the composition by the code that `adopt` proposes: by what it takes the place of. */
export function writeReferences(checkout: string, codes: Readonly<Record<string, string>>, imports: readonly string[]): void {
  edit(inProject(checkout, `${stackName}.ts`), (text) => {
    let written = text;
    for (const [of, code] of Object.entries(codes)) {
      const before = of in constructed ? constructed[of as keyof typeof constructed] : new RegExp(`^  ${of}: .*$`, "m");
      written = written.replace(before, of in constructed ? code : `  ${code},`);
    }
    return `${imports.join("\n")}\n${written}`;
  });
}

const constructed = {
  network: /new Network\("adopted", \{.*\}\)/,
  loadBalancer: /new LoadBalancer\("adopted", \{.*\}\)/,
};

/** Sets how many percent of the requests the former tasks still answer; without, the service answers all and the entry goes. */
export function setFormerPercent(checkout: string, targetGroupArn: string, percent: number | undefined): void {
  edit(inProject(checkout, configurationFile(stackName)), (text) => {
    const others = text.replace(/ {2}fairlead:formerTargetGroups:\n(?: {4}.*\n)*/, "");
    if (percent === undefined) return others;
    const entry = `  fairlead:formerTargetGroups:\n    web:\n      targetGroupArn: ${targetGroupArn}\n      percent: ${percent}\n`;
    return others.replace(/^config:\n/m, `config:\n${entry}`);
  });
}
