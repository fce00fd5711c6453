import { imageUser } from "@fairlead/model";

import { may, finding, type Finding } from "../finding";
import type { ContainerSettings } from "../container/containerSettings";
import type { Identity } from "../container/user";

/**
 * The image's own user where that is root: told of a task that leaves it to the image, and by that says nothing of it.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-20
 */
export function rootProblems({ user }: ContainerSettings, { uid }: Identity): Finding[] {
  if (user !== imageUser || uid !== 0) return [];
  const fix =
    "Add USER with a number above 0 to the Dockerfile's last stage (USER 1000), or name one as user, once the files that it writes are its own.";
  return [may(finding("FL2168", "the image names no user but root, and user: image leaves it at that", fix))];
}
