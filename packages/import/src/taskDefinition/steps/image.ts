import { movingTag, parseReference } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { isPlaceholder } from "../placeholder";
import type { TaskDefinitionTranslation } from "../translation";

/** Where the account and the region of a task definition stand in it. */
const ownPlaces = [
  /(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws/,
  /arn:aws[a-z-]*:(?:iam|ecs|secretsmanager|ssm|logs):[a-z0-9-]*:(\d{12}):/,
];

/** The image of the service's own container: built by the workflow that was found, or named. */
export function mainImage(translation: TaskDefinitionTranslation, container: Field, account: Account): void {
  const field = container.at("image");
  const reference = field?.text();
  if (!field || reference === undefined) {
    container.refuse("a container with an image");
    return;
  }
  const { workflow, dockerfile, image } = translation.context;
  if (image !== undefined && isPlaceholder(reference)) {
    translation.set([], "image", image);
    field.claim({
      outcome: "changed",
      was: reference,
      now: image,
      text: "a workflow fills it in, and whoever imported it named this one.",
    });
    return;
  }
  const built = workflow?.build ? dockerfile(workflow.build.dockerfile) && workflow.build : undefined;
  const beside = isPlaceholder(reference) ? (built ?? besideOf(translation)) : built;
  if (beside) {
    const here = dockerfile(beside.dockerfile)!;
    const context = dockerfile(`${beside.context}/Dockerfile`)?.context ?? here.context;
    if (context !== ".") translation.set(["build"], "context", context);
    if (here.dockerfile !== "Dockerfile") translation.set(["build"], "dockerfile", here.dockerfile);
    const who = built ? `${workflow!.file} builds it` : "its Dockerfile lies beside it";
    field.claim({
      outcome: "changed",
      to: "build",
      was: reference,
      now: here.dockerfile,
      text: `${who}; here \`up\` does, and inspects it.`,
    });
    return;
  }
  translation.set([], "image", imageOf(translation, field, reference, account));
}

/** A Dockerfile at the top of what is imported. */
function besideOf({ context: { dockerfile } }: TaskDefinitionTranslation) {
  return dockerfile("Dockerfile") ? { dockerfile: "Dockerfile", context: "." } : undefined;
}

/** An image by its reference, told as what becomes of it. Undefined where only who deploys knows it. */
export function imageOf(
  translation: TaskDefinitionTranslation,
  field: Field,
  reference: string,
  { id, region }: Account,
): string | undefined {
  if (isPlaceholder(reference) || !parseReference(reference)) {
    const guess = id && region ? `${id}.dkr.ecr.${region}.amazonaws.com/${translation.service}:latest` : undefined;
    const text = guess
      ? "A workflow fills it in. Written is a repository of the account that the roles are of: name the one that holds the image, or build it (build)."
      : "A workflow fills it in: name the image, or the Dockerfile that it is built of (build).";
    field.claim({ outcome: "decide", to: "image", was: reference, ...(guess ? { now: guess } : {}), text });
    return guess;
  }
  const text = "it is kept at the digest that it has when it is first deployed here: name the version that runs, or its digest.";
  field.claim(movingTag(reference) ? { outcome: "changed", was: reference, text } : {});
  return reference;
}

/** Whose a task definition is, as far as it says so. */
export interface Account {
  id?: string;
  region?: string;
}

/** @param text of the whole file */
export function accountOf(text: string): Account {
  const [image, role] = ownPlaces.map((pattern) => pattern.exec(text));
  const logs = /"awslogs-region"\s*:\s*"([a-z]{2}-[a-z-]+-\d)"/.exec(text)?.[1];
  const id = image?.[1] ?? role?.[1];
  const region = image?.[2] ?? logs ?? /arn:aws[a-z-]*:(?:secretsmanager|ssm|ecs|logs):([a-z]{2}-[a-z-]+-\d):/.exec(text)?.[1];
  return { ...(id !== undefined && { id }), ...(region !== undefined && { region }) };
}
