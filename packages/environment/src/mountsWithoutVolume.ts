import { existsSync } from "node:fs";
import { declaredVolumes, type ServiceSpec } from "@fairlead/manifest";
import { coded, containerValues } from "@fairlead/model";

/**
 * What to tell of folders that a service mounts to write to, and that its Dockerfile doesn't declare as volumes: on Fargate they are root's. The image
 * that the Dockerfile begins with may declare them, so that `up` alone knows, once it inspects what was built.
 */
export function mountsWithoutVolume({ name, build, user = containerValues.user.default, writableMounts = [] }: ServiceSpec): string[] {
  if (/^(root|0)(:|$)/.test(user) || writableMounts.length === 0 || !build || !existsSync(build.dockerfile)) return [];
  const trimmed = (path: string) => path.replace(/(.)\/+$/, "$1");
  const declared = new Set(declaredVolumes(build.dockerfile, build.target).map(trimmed));
  const others = writableMounts.filter((path) => !declared.has(trimmed(path)));
  if (others.length === 0) return [];
  const message =
    `${name} mounts ${others.join(", ")} to write to, and its Dockerfile declares no VOLUME of ${others.length > 1 ? "these" : "it"}: on Fargate root alone ` +
    "can write there, unless the image that it begins with declares it. `up` looks, and warns then (FL2125).";
  return [coded("FL1041", message)];
}
