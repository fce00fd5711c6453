import type { AdmissionFinding } from "./admissionFinding";
import type { ImageAdmission } from "./imageAdmission";
import { registryFindings } from "./registries";

/** What is to be admitted: the images of one task. */
export interface AdmittedTask {
  service: string;
  /** References by container: `registry/repository@sha256:…`. */
  images: Readonly<Record<string, string>>;
}

/** What a task's images lack of what the environment requires; empty if they may run. */
export async function admit({ service, images }: AdmittedTask, admission: ImageAdmission): Promise<AdmissionFinding[]> {
  const found = Object.entries(images).map(([container, image]) => registryFindings({ service, container, image }, admission));
  return found.flat();
}
