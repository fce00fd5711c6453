import { hostileValues } from "./propertiesContainers";
import type { Inspected, Readings } from "./propertyViews";

/** What stands for the secret in the file of secrets, as a person would type it. */
export const secretValue = `p$w"d#1 {x}`;

const seconds = (text: string | undefined) => Number(/^(\d+)s$/.exec(text ?? "")?.[1]);
const healthOf = ({ healthcheck }: { healthcheck?: unknown }) =>
  healthcheck as { test: string[]; interval: string; timeout: string; retries: number; start_period?: string };
const ofDocker = ({ Config }: Inspected, field: "Interval" | "Timeout" | "StartPeriod") => (Config.Healthcheck?.[field] ?? 0) / 1e9;
const capabilities = (all: string[] | null | undefined) => (all ?? []).map((name) => name.replace(/^CAP_/, ""));
const only = <T>(all: Record<string, T>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, all[name]]));
const variables = ({ Config }: Inspected) =>
  Object.fromEntries(Config.Env.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]));

/** Of the container `shop`: what it runs, and as whom. */
export const processOfShop: Record<string, Readings> = {
  entryPoint: {
    is: ["node", "/program.js"],
    plan: ({ container }) => container.entryPoint,
    compose: ({ container }) => container.entrypoint,
    inspect: ({ container }) => container.Config.Entrypoint,
  },
  command: {
    is: ["serve", "3000", "a$HOME b"],
    plan: ({ container }) => container.command,
    compose: ({ container }) => container.command,
    inspect: ({ container }) => container.Config.Cmd,
  },
  environment: {
    is: hostileValues,
    plan: ({ container }) => Object.fromEntries((container.environment ?? []).map(({ name, value }) => [name, value])),
    compose: ({ container }) => only(container.environment!, Object.keys(hostileValues)),
    inspect: ({ container }) => only(variables(container), Object.keys(hostileValues)),
  },
  secrets: {
    is: ["TOKEN"],
    plan: ({ container }) => container.secrets?.map(({ name }) => name),
    compose: ({ container }) => Object.keys(container.environment!).filter((name) => container.environment![name] === "TOKEN"),
    inspect: ({ container }) => Object.entries(variables(container)).flatMap(([name, value]) => (value === secretValue ? name : [])),
  },
  user: {
    is: "1000:1000",
    plan: ({ container }) => container.user,
    compose: ({ container }) => container.user,
    inspect: ({ container }) => container.Config.User,
  },
  workingDirectory: {
    is: "/tmp",
    plan: ({ container }) => container.workingDirectory,
    compose: ({ container }) => container.working_dir,
    inspect: ({ container }) => container.Config.WorkingDir,
  },
  readonlyRootFilesystem: {
    is: true,
    plan: ({ container }) => container.readonlyRootFilesystem,
    compose: ({ container }) => container.read_only,
    inspect: ({ container }) => container.HostConfig.ReadonlyRootfs,
  },
  "capabilities.add": {
    is: ["SYS_PTRACE"],
    plan: ({ container }) => container.linuxParameters?.capabilities?.add,
    compose: ({ container }) => container.cap_add,
    inspect: ({ container }) => capabilities(container.HostConfig.CapAdd),
  },
  "capabilities.drop": {
    is: ["NET_RAW"],
    plan: ({ container }) => container.linuxParameters?.capabilities?.drop,
    compose: ({ container }) => container.cap_drop,
    inspect: ({ container }) => capabilities(container.HostConfig.CapDrop),
  },
  stopTimeout: {
    is: 3,
    plan: ({ container }) => container.stopTimeout,
    compose: ({ container }) => seconds(container.stop_grace_period),
    inspect: ({ container }) => container.Config.StopTimeout,
  },
  "healthCheck.command": {
    is: ["CMD-SHELL", `node /program.js ask 3000 "$HOME" | grep -q shop`],
    plan: ({ container }) => container.healthCheck?.command,
    compose: ({ container }) => healthOf(container).test,
    inspect: ({ container }) => container.Config.Healthcheck?.Test,
  },
  "healthCheck.interval": {
    is: 5,
    plan: ({ container }) => container.healthCheck?.interval,
    compose: ({ container }) => seconds(healthOf(container).interval),
    inspect: ({ container }) => ofDocker(container, "Interval"),
  },
  "healthCheck.timeout": {
    is: 4,
    plan: ({ container }) => container.healthCheck?.timeout,
    compose: ({ container }) => seconds(healthOf(container).timeout),
    inspect: ({ container }) => ofDocker(container, "Timeout"),
  },
  "healthCheck.retries": {
    is: 9,
    plan: ({ container }) => container.healthCheck?.retries,
    compose: ({ container }) => healthOf(container).retries,
    inspect: ({ container }) => container.Config.Healthcheck?.Retries,
  },
  "healthCheck.startPeriod": {
    is: 6,
    plan: ({ container }) => container.healthCheck?.startPeriod,
    compose: ({ container }) => seconds(healthOf(container).start_period),
    inspect: ({ container }) => ofDocker(container, "StartPeriod"),
  },
  dockerLabels: {
    is: { "com.example.team": `a$team: "x"`, variable: "on" },
    plan: ({ container }) => container.dockerLabels,
    compose: ({ container }) => only(container.labels!, ["com.example.team", "variable"]),
    inspect: ({ container }) => only(container.Config.Labels, ["com.example.team", "variable"]),
  },
};

/** Of the container `helper`: what ECS takes where nothing is said. */
export const processOfHelper: Record<string, Readings> = {
  "entryPoint of the image": {
    is: undefined,
    plan: ({ container }) => container.entryPoint,
    compose: ({ container }) => container.entrypoint,
    inspect: ({ container }) => (container.Config.Entrypoint?.join(" ") === "node /program.js" ? undefined : container.Config.Entrypoint),
  },
  initProcessEnabled: {
    is: true,
    plan: ({ container }) => container.linuxParameters?.initProcessEnabled,
    compose: ({ container }) => container.init,
    inspect: ({ container }) => container.HostConfig.Init,
  },
};

/** Of the container `agent`. */
export const processOfAgent: Record<string, Readings> = {
  "healthCheck without times": {
    is: { interval: 30, timeout: 5, retries: 3, startPeriod: 0 },
    plan: ({ container: { healthCheck } }) => ({
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
      ...healthCheck,
      command: undefined,
    }),
    compose: ({ container }) => {
      const { interval, timeout, retries, start_period = "0s" } = healthOf(container);
      return { interval: seconds(interval), timeout: seconds(timeout), retries, startPeriod: seconds(start_period) };
    },
    inspect: ({ container }) => ({
      interval: ofDocker(container, "Interval"),
      timeout: ofDocker(container, "Timeout"),
      retries: container.Config.Healthcheck?.Retries,
      startPeriod: ofDocker(container, "StartPeriod"),
    }),
  },
};
