/** Keys that people take for Copilot's, by what they are of. Copilot's last version reads none of them. */
const foreign: readonly { of: string; below?: string; keys: readonly string[] }[] = [
  {
    of: "Compose's build",
    below: "image.build",
    keys: [
      "platforms",
      "platform",
      "cache_to",
      "labels",
      "network",
      "no_cache",
      "pull",
      "secrets",
      "shm_size",
      "ssh",
      "tags",
      "extra_hosts",
      "ulimits",
    ],
  },
  { of: "Compose's health check", below: "image.healthcheck", keys: ["test", "disable"] },
  {
    of: "ECS",
    keys: [
      "capacityproviders",
      "capacityproviderstrategy",
      "executionrole",
      "executionrolearn",
      "taskrole",
      "taskrolearn",
      "desiredcount",
      "launchtype",
      "platformversion",
      "networkconfiguration",
      "assignpublicip",
      "volumes",
      "mountpoints",
      "portmappings",
      "loggroup",
      "logconfiguration",
      "healthcheckgraceperiodseconds",
      "deploymentconfiguration",
      "deploymentcircuitbreaker",
      "circuitbreaker",
      "autoscaling",
      "stoptimeout",
      "ulimits",
      "user",
      "privileged",
      "cpuarchitecture",
      "operatingsystemfamily",
    ],
  },
  { of: "load balancers", keys: ["protocol", "idletimeout", "startuptimeout", "loadbalancer", "targetgroup", "listener"] },
  { of: "Copilot's folders, from which it reads them by themselves", keys: ["addons", "overrides", "pipelines"] },
  { of: "CloudWatch", keys: ["containerlogs", "retentionindays"] },
  { of: "Compose", keys: ["ports", "expose", "restart", "environment", "container_name", "volumes", "networks", "deploy", "working_dir"] },
];

/** What a key is of that Copilot doesn't know; undefined where nobody knows it. */
export function foreignKey(path: readonly (string | number)[]): string | undefined {
  const key = String(path.at(-1));
  const plain = key.toLowerCase().replaceAll(/[_-]/g, "");
  const above = path.slice(0, -1).join(".");
  return foreign.find(({ below, keys }) => (below === undefined || below === above) && (keys.includes(key) || keys.includes(plain)))?.of;
}
