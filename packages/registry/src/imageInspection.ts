import type { ImageAdmission } from "@fairlead/admission";
import { loadedProvider } from "@fairlead/foundation";
import type { ContainerSettings, TaskHealthCheck } from "@fairlead/inspection";
import type { Platform } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link ImageInspection}. */
export interface ImageInspectionArgs {
  /** What the images are for, as findings name it: the service. */
  service: string;
  /** What the task runs on. */
  platform: Platform;
  /** Images and how they are run, by container. */
  containers: Record<string, pulumi.Input<ContainerSettings & { image: pulumi.Input<string> }>>;
  /** What the environment requires of images, whatever is in them. Nothing by default. */
  admission?: AdmissionArgs;
}

/** {@link ImageAdmission}, with registries that may be known only after apply. */
export type AdmissionArgs = Omit<ImageAdmission, "allowedRegistries"> & { allowedRegistries?: pulumi.Input<string>[] };

/**
 * Reads back the images of a task, all that the registry holds of them, and fails if one of its containers would not start, or lacks what the
 * environment requires. What depends on it stays as it was. Happens when an image, the way it is run or a requirement changes, and at no other
 * time.
 *
 * Whoever runs `up` needs to pull the images: from ECR `ecr:GetAuthorizationToken`, `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`;
 * with `maximumSeverity` also `ecr:DescribeImageScanFindings`.
 *
 * @example
 * ```ts
 * const inspection = new ImageInspection("api", {
 *   service: "api", platform: "linux/arm64", containers: { api: { image: image.reference, user: "1000:1000" } },
 * });
 * ```
 */
export class ImageInspection extends pulumi.CustomResource {
  /**
   * Health checks of the images' own, by container; a text in a plan without an engine, and undefined where the inspection is older than this.
   * That is so until an image changes.
   */
  declare readonly healthChecks: pulumi.Output<Record<string, TaskHealthCheck> | string | undefined>;

  /** What may keep the containers from running, which is told at each `up`; undefined where the inspection is older than this. */
  declare readonly warnings: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: ImageInspectionArgs, options?: pulumi.CustomResourceOptions) {
    const properties = {
      ...args,
      healthChecks: undefined,
      warnings: undefined,
      __provider: loadedProvider("@fairlead/registry/imageInspectionProvider"),
    };
    super("pulumi-nodejs:dynamic/fairlead:ImageInspection", name, properties, options);
    this.warnings.apply((warnings) => {
      for (const warning of Array.isArray(warnings) ? warnings : []) void pulumi.log.warn(warning, this);
    });
  }
}
