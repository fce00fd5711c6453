import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";
import { healthCheckRows } from "./task";

const task = rowsOf(of.tasks);

/** Containers beside the service's own. */
export const sidecarRows: readonly Row[] = [
  task.exact("sidecars.*.port", "sidecars.*.containerPort"),
  task.exact("sidecars.*.image", "sidecars.*.image"),
  task.exact("sidecars.*.image.location", "sidecars.*.image"),
  task.decide(
    "sidecars.*.image.build",
    "A sidecar's image is not built here, and the sidecar is left out: push its image, and write the sidecar with its version.",
    { whole: true },
  ),
  task.exact("sidecars.*.essential", "sidecars.*.essential"),
  task.exact("sidecars.*.credentialsParameter", "sidecars.*.repositoryCredentials.secretsManager"),
  task.exact("sidecars.*.variables.*", "sidecars.*.environment.*"),
  task.decide("sidecars.*.variables.*.from_cfn", "Write the value that the export has (aws cloudformation list-exports)."),
  task.changed(
    "sidecars.*.env_file",
    "sidecars.*.environment.*",
    "its variables are written into the manifest; those under variables come before them.",
  ),
  task.exact("sidecars.*.secrets.*", "sidecars.*.secrets.*"),
  task.exact("sidecars.*.secrets.*.secretsmanager", "sidecars.*.secrets.*.secretsManager"),
  task.exact("sidecars.*.secrets.*.from_cfn", "sidecars.*.secrets.*.cloudFormationExport"),
  task.exact("sidecars.*.mount_points[].source_volume", "sidecars.*.mountPoints[].sourceVolume"),
  task.exact("sidecars.*.mount_points[].path", "sidecars.*.mountPoints[].containerPath"),
  task.exact("sidecars.*.mount_points[].read_only", "sidecars.*.mountPoints[].readOnly"),
  task.exact("sidecars.*.labels.*", "sidecars.*.dockerLabels.*"),
  task.exact("sidecars.*.depends_on.*", "sidecars.*.dependsOn.*"),
  ...healthCheckRows("sidecars.*.", "sidecars.*.containerHealthCheck"),
  task.exact("sidecars.*.entrypoint", "sidecars.*.entryPoint"),
  task.exact("sidecars.*.command", "sidecars.*.command"),
];
