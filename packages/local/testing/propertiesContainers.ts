import type { ContainerDefinition } from "../src/task/containerDefinition";

/** Of the stand-in image that all tasks here run: the one that is built for the task `shop`, for its platform. */
export const image = "fairlead.local/shop:1-linux-amd64";

/** As many as each engine has. */
export const engineOpenFiles = 10_000;

/** Texts that programs on the way to a container read as something else, if they are let. */
export const hostileValues: Readonly<Record<string, string>> = {
  DOLLAR: "a$b ${c} $$d $(e)",
  QUOTES: `"double" 'single' \\back\\ \`tick\``,
  LINES: "first\n  second\n\nlast\n",
  RETURN: "windows\r\nline\tTab ",
  NO: "no",
  NULL: "~",
  SEXAGESIMAL: "22:22",
  NUMBER: "0123",
  EXPONENT: "1e3",
  HASH: "a # no comment",
  COLON: "key: value",
  BRACES: "{a: [1]}",
  UNICODE: "Grüße 東京 🚢 e\u0301",
  EMPTY: "",
  SPACES: "  both sides  ",
  DATE: "2026-11-29",
  no: "a name that YAML 1.1 takes for false",
  "1e3": "a name that is a number",
  "dotted.name-1": "on",
};

/** On Fargate: what the service is. */
export const shop: ContainerDefinition = {
  name: "shop",
  image: "000000000000.dkr.ecr.eu-central-1.amazonaws.com/shop",
  entryPoint: ["node", "/program.js"],
  command: ["serve", "3000", "a$HOME b"],
  environment: Object.entries(hostileValues).map(([name, value]) => ({ name, value })),
  secrets: [{ name: "TOKEN", valueFrom: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:token" }],
  user: "1000:1000",
  workingDirectory: "/tmp",
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: false, capabilities: { add: ["SYS_PTRACE"], drop: ["NET_RAW"] } },
  memory: 128,
  memoryReservation: 64,
  cpu: 128,
  ulimits: [{ name: "core", softLimit: 0, hardLimit: 1024 }],
  stopTimeout: 3,
  healthCheck: {
    command: ["CMD-SHELL", `node /program.js ask 3000 "$HOME" | grep -q shop`],
    ...{ interval: 5, timeout: 4, retries: 9, startPeriod: 6 },
  },
  mountPoints: [
    { sourceVolume: "scratch", containerPath: "/scratch", readOnly: true },
    { sourceVolume: "filled", containerPath: "/filled" },
    { sourceVolume: "declared", containerPath: "/declared" },
    { sourceVolume: "uploads", containerPath: "/uploads" },
  ],
  portMappings: [{ containerPort: 3000, hostPort: 3000, name: "shop", protocol: "tcp" }],
  dependsOn: [
    { containerName: "init", condition: "SUCCESS" },
    { containerName: "helper", condition: "HEALTHY" },
  ],
  dockerLabels: { "com.example.team": 'a$team: "x"', variable: "on" },
  systemControls: [{ namespace: "net.core.somaxconn", value: "777" }],
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "shop" } },
  essential: true,
};

/** Ends before the others start. */
export const init: ContainerDefinition = {
  name: "init",
  image,
  command: ["write", "/scratch/from-init"],
  mountPoints: [{ sourceVolume: "scratch", containerPath: "/scratch" }],
  essential: false,
};

/** A sidecar that is waited for. */
export const helper: ContainerDefinition = {
  name: "helper",
  image,
  command: ["serve", "4000"],
  linuxParameters: { initProcessEnabled: true },
  healthCheck: { command: ["CMD", "node", "/program.js", "ask", "4000"], interval: 5 },
  dependsOn: [{ containerName: "init", condition: "COMPLETE" }],
  ulimits: [{ name: "nofile", softLimit: 2048, hardLimit: 4096 }],
  restartPolicy: { enabled: true, ignoredExitCodes: [0] },
  essential: false,
};

/** A sidecar that starts once the service does. */
export const agent: ContainerDefinition = {
  name: "agent",
  image,
  command: ["wait"],
  dependsOn: [{ containerName: "shop", condition: "START" }],
  healthCheck: { command: ["CMD", "true"] },
  essential: false,
};

/** On an instance, where more may be said. */
export const legacy: [ContainerDefinition, ContainerDefinition] = [
  {
    name: "legacy",
    image,
    command: ["serve", "3000"],
    hostname: "old-host",
    extraHosts: [{ hostname: "printer", ipAddress: "192.0.2.7" }],
    links: ["partner:peer"],
    dnsSearchDomains: ["example.internal"],
    dnsServers: ["192.0.2.53"],
    pseudoTerminal: true,
    interactive: true,
    dockerSecurityOptions: ["no-new-privileges"],
    memory: 96,
    linuxParameters: {
      sharedMemorySize: 12,
      tmpfs: [{ containerPath: "/fast", size: 7, mountOptions: ["noexec", "mode=1770"] }],
      devices: [{ hostPath: "/dev/zero", containerPath: "/dev/nothing", permissions: ["read"] }],
      maxSwap: 32,
      swappiness: 10,
    },
    mountPoints: [{ sourceVolume: "kept", containerPath: "/kept" }],
    systemControls: [
      { namespace: "net.ipv4.tcp_keepalive_time", value: "601" },
      { namespace: "kernel.msgmax", value: "4096" },
    ],
  },
  {
    name: "partner",
    image,
    command: ["wait"],
    entryPoint: [],
    volumesFrom: [{ sourceContainer: "legacy", readOnly: true }],
    essential: false,
  },
];

/** Of a job that runs by a schedule: made, and not started. */
export const nightly: ContainerDefinition = { name: "nightly", image, command: ["end"], privileged: true, disableNetworking: true };
