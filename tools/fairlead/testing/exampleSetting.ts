import * as access from "@fairlead/access";
import * as data from "@fairlead/data";
import * as foundation from "@fairlead/foundation";
import * as images from "@fairlead/images";
import * as networking from "@fairlead/networking";
import * as observability from "@fairlead/observability";
import * as registry from "@fairlead/registry";
import * as services from "@fairlead/services";

/** What examples may name without an import: whatever a package of components exports. */
export const exported = { ...access, ...data, ...foundation, ...images, ...networking, ...observability, ...registry, ...services };

/** What examples take for granted: the parts of an environment. */
export function setting() {
  const network = new networking.Network("given", { vpcId: "vpc-0a1b2c3d4e5f60718" });
  const logGroup = new observability.ServiceLogGroup("given", { logGroupName: "/given" });
  const image = new registry.ExternalImage("example.test/given:1", ["linux/arm64"]);
  return {
    network,
    logGroup,
    image,
    certificate: new networking.Certificate("given", { domainName: "given.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" }),
    accessLogs: new networking.AccessLogs("given"),
    webAcl: new networking.WebAcl("given"),
    loadBalancer: new networking.LoadBalancer("given", { network }),
    namespace: new networking.ServiceDiscovery("given", { network, namespaceName: "given.internal" }),
    repository: new registry.Repository("given", { repositoryName: "given" }),
    build: new registry.BuildSettings({ registry: { address: "example.test", username: "AWS", password: "given" } }),
    alarmTopic: new observability.AlarmTopic("given", { emails: [], clusterArn: "given" }),
    cluster: new services.Cluster("given"),
    taskDefinition: new services.TaskDefinition("given", {
      family: "given",
      cpuArchitecture: "ARM64",
      cpu: 256,
      memoryMiB: 512,
      containers: { given: { image, containerPort: 3000 } },
      logGroup,
      region: "us-east-1",
    }),
  };
}

/** Their names. */
export const settingNames: (keyof ReturnType<typeof setting>)[] = [
  "network",
  "logGroup",
  "image",
  "certificate",
  "accessLogs",
  "webAcl",
  "loadBalancer",
  "namespace",
  "repository",
  "build",
  "alarmTopic",
  "cluster",
  "taskDefinition",
];
