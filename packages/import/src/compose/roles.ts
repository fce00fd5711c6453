import { dockerfilePath } from "./steps/image";
import { dataImage, developmentImage } from "./images/known";
import { textsOf } from "./loadProject";
import { childOf } from "../source/sourceNode";
import type { ServiceTranslation } from "./serviceTranslation";

/** Decides what becomes of each service: a service, a job, data, or nothing. @param profiles those that are active */
export function assignRoles(services: readonly ServiceTranslation[], profiles: readonly string[]): void {
  const completed = new Set(
    services.flatMap(({ dependsOn }) =>
      [...dependsOn].flatMap(([name, condition]) => (condition === "service_completed_successfully" ? [name] : [])),
    ),
  );
  for (const service of services) {
    const named = textsOf(childOf(service.node, "profiles"));
    service.baseImage = baseImageOf(service);
    const isBuilt = childOf(service.node, "build") !== undefined;
    if (named.length > 0 && !named.some((each) => profiles.includes(each) || profiles.includes("*"))) service.role = "inactive";
    else if (!isBuilt && service.baseImage !== undefined && developmentImage(service.baseImage) !== undefined) service.role = "development";
    else if (service.baseImage !== undefined && dataImage(service.baseImage)) service.role = "data";
    else service.role = completed.has(service.key) ? "job" : "service";
  }
}

/** The image that runs, or that the built one begins with. */
function baseImageOf(service: ServiceTranslation): string | undefined {
  const path = dockerfilePath(service);
  if (path === undefined) {
    const image = childOf(service.node, "image");
    return image?.kind === "scalar" && !image.isNull ? image.text : undefined;
  }
  const text = service.context.files.read(path) ?? "";
  const from = [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].at(-1)?.[1];
  return from;
}
