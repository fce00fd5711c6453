/** Key of a stack's configuration: images that services run, by their names. `fairlead rollback` writes it, and a plan goes by it. */
export const pinnedImagesKey = "pinnedImages";

/** An image of a service's own repository that it runs, whatever its sources or promotions say. */
export interface PinnedDigest {
  /** Tag that it was built with: `<version>-<commit>`. */
  tag: string;
  /** `sha256:…` */
  digest: string;
}
