import { deregistrationValues, healthCheckValues } from "@fairlead/model";

import type { MapNode } from "../source/sourceNode";
import { count } from "./steps/count";
import { image } from "./steps/image";
import { job } from "./steps/job";
import { mainContainer } from "./steps/mainContainer";
import { network } from "./steps/network";
import { operation } from "./steps/operation";
import { routes } from "./steps/routes";
import { sidecars } from "./steps/sidecars";
import { task } from "./steps/task";
import { taskDefinitionOverrides } from "./steps/taskDefinitionOverrides";
import { tcp } from "./steps/tcp";
import { topics } from "./steps/topics";
import { volumes } from "./steps/volumes";
import { Translation, type TranslationArgs } from "./translation";

/** In the order of the keys that are written. */
const steps = [task, image, count, routes, tcp, network, topics, volumes, mainContainer, sidecars, operation, job, taskDefinitionOverrides];

/** One merged and interpolated manifest as what is said of it here. What becomes of each key is told to the claims. */
export function translate(root: MapNode, args: TranslationArgs): Translation {
  const translation = new Translation(root, args);
  if (args.type === "Static Site") {
    for (const key of ["http", "files"]) translation.root.at(key)?.claim();
    translation.root.at("name")?.claim();
    translation.root.at("type")?.claim({
      outcome: "decide",
      to: undefined,
      text: "A static site is not made here yet: put the files into an image that serves them, or keep the site where it is.",
    });
    return translation;
  }
  for (const step of steps) step(translation);
  leaveOutDefaults(translation.manifest);
  return translation;
}

/** What holds anyway is not written. */
function leaveOutDefaults(manifest: Record<string, unknown>): void {
  const healthCheck = manifest.healthCheck as Record<string, unknown> | undefined;
  for (const [key, rule] of Object.entries(healthCheckValues)) if (healthCheck?.[key] === rule.default) delete healthCheck[key];
  if (healthCheck && Object.keys(healthCheck).length === 0) delete manifest.healthCheck;
  const { deregistrationDelaySeconds } = deregistrationValues;
  if (manifest.deregistrationDelaySeconds === deregistrationDelaySeconds.default) delete manifest.deregistrationDelaySeconds;
}
