import { architectureOf, platforms } from "./platform";

/** What the tag of an image that was built here says. */
export interface ImageTagParts {
  version: string;
  /** The commit that last touched the build's inputs; of others `dirty-…`. */
  revision: string;
}

const architectures = platforms.map((platform) => architectureOf(platform)).join("|");
const pattern = new RegExp(`^(?<version>.+?)-(?<revision>(?:dirty-)?[0-9a-f]{7,40})(?:-[0-9a-f]{8})?(?:-(?:${architectures}))?$`);
const architectureSuffix = new RegExp(`-(?:${architectures})$`);

/** Takes `<version>-<commit>` apart: of a single platform its architecture is behind it, and before that a hash of the build's arguments. Undefined if it is none. */
export function imageTagParts(tag: string): ImageTagParts | undefined {
  const { version, revision } = (!tag.startsWith("deployed-") && pattern.exec(tag)?.groups) || {};
  return version === undefined || revision === undefined ? undefined : { version, revision };
}

/** A tag without the architecture that an image of a single platform has behind it. */
export function withoutArchitecture(tag: string): string {
  return tag.replace(architectureSuffix, "");
}
