import type { Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

/** A repository of ECR, which ECS pulls from by the role of the task's execution. */
const ofEcr = /^\d{12}\.dkr\.ecr\./;

/** The login of the registry that the service's own image lies in, once it is known what becomes of the image. */
export function ownCredentials(translation: TaskDefinitionTranslation, container: Field): void {
  const field = container.at("repositoryCredentials", "credentialsParameter");
  const { image, build } = translation.manifest;
  if (!field) return;
  if (build !== undefined) {
    field.claim({ outcome: "changed", to: undefined, text: "the image is built here, and lies in a repository of the account." });
    return;
  }
  const isSame = image === textOf(container, "image");
  if (isSame || (typeof image === "string" && !ofEcr.test(image)))
    translation.set(["repositoryCredentials"], "secretsManager", field.text());
  const text =
    "It is the login of the registry whose image a workflow fills in: the image that is written needs it where it lies in that registry, and none in ECR.";
  field.claim(isSame ? {} : { outcome: "decide", text });
}

/** That of a sidecar. @param to keys that lead to it */
export function sidecarCredentials(translation: TaskDefinitionTranslation, container: Field, to: readonly string[]): void {
  const field = container.at("repositoryCredentials", "credentialsParameter");
  if (field) translation.set([...to, "repositoryCredentials"], "secretsManager", field.text());
  field?.claim();
}
