import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";

const all = rowsOf(of.all);
const container = rowsOf(of.containers);
const task = rowsOf(of.tasks);
const service = rowsOf(of.services);
const listening = rowsOf(of.listening);

/** The image, the task, and what its main container is given. */
export const taskRows: readonly Row[] = [
  all.exact("name", "name"),
  all.exact("type", "kind"),
  all.exact("environments", "environments"),
  container.exact("image.build", "build.dockerfile"),
  container.exact("image.build.dockerfile", "build.dockerfile"),
  container.exact("image.build.context", "build.context"),
  container.exact("image.build.args.*", "build.args.*"),
  container.exact("image.build.target", "build.target"),
  container.changed(
    "image.build.cache_from",
    "(by itself)",
    "layers are kept in a registry's repository of each environment: buildCache in the stack's configuration.",
    { whole: true },
  ),
  container.exact("image.location", "image"),
  container.exact("image.credentials", "repositoryCredentials.secretsManager"),
  listening.exact("image.port", "containerPort"),
  task.exact("image.labels.*", "dockerLabels.*"),
  task.exact("image.depends_on.*", "dependsOn.*"),
  ...healthCheckRows("image.", "containerHealthCheck"),
  task.exact("entrypoint", "entryPoint"),
  container.exact("command", "command"),
  container.exact("cpu", "cpu"),
  container.exact("memory", "memoryMiB"),
  container.exact("platform", "runtimePlatform.cpuArchitecture"),
  container.exact("platform.osfamily", "(Linux alone)"),
  container.exact("platform.architecture", "runtimePlatform.cpuArchitecture"),
  service.exact("exec", "enableExecuteCommand"),
  service.exact("exec.enable", "enableExecuteCommand"),
  rowsOf(of.job).ignored("exec", "a Scheduled Job has no ECS Exec: its template of CloudFormation has nothing of it.", { whole: true }),
  container.exact("variables.*", "environment.*"),
  container.exact("variables.*.from_cfn", "cloudFormationExports.*"),
  task.changed("env_file", "environment.*", "its variables are written into the manifest; those under variables come before them."),
  container.exact("secrets.*", "secrets.*"),
  container.exact("secrets.*.secretsmanager", "secrets.*.secretsManager"),
  container.exact("secrets.*.from_cfn", "secrets.*.cloudFormationExport"),
  task.exact("storage.ephemeral", "ephemeralStorageGiB"),
  task.exact("storage.readonly_fs", "readonlyRootFilesystem"),
  task.decide(
    "taskdef_overrides",
    "A patch of the task definition: find the key in docs/service.yaml.md that says it, or make it in a transform of the stack.",
    { whole: true },
  ),
];

/** A container's own health check. @param prefix what stands before `healthcheck` */
export function healthCheckRows(prefix: string, to: string): Row[] {
  return [
    task.exact(`${prefix}healthcheck.command`, `${to}.command`),
    task.exact(`${prefix}healthcheck.interval`, `${to}.intervalSeconds`),
    task.exact(`${prefix}healthcheck.retries`, `${to}.retries`),
    task.exact(`${prefix}healthcheck.timeout`, `${to}.timeoutSeconds`),
    task.exact(`${prefix}healthcheck.start_period`, `${to}.startPeriodSeconds`),
  ];
}
