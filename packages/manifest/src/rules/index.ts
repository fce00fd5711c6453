import type { Diagnostic } from "../diagnostic";
import { secrets, uses } from "./bindings";
import { guardRails } from "./guardRails";
import { healthChecks } from "./healthChecks";
import { bareHosts } from "./hosts";
import { dockerfilePlatform } from "./dockerfilePlatforms";
import { allowedImages, buildContext, dockerfile, imageReferences, movingImages, oneImage, platform, signedImages } from "./images";
import { kinds } from "./kinds";
import { capacity, dependencies, executeCommand, internal, scaling, schedules, targetContainer, tcp } from "./operation";
import { mounts } from "./mounts";
import { ownNamesOfEnvironments } from "./ownNames";
import type { RuleContext } from "./rule";
import { sizes } from "./sizes";
import { composed, variables } from "./variables";

const rules = [
  ownNamesOfEnvironments,
  kinds,
  sizes,
  capacity,
  buildContext,
  dockerfile,
  platform,
  dockerfilePlatform,
  oneImage,
  imageReferences,
  allowedImages,
  signedImages,
  healthChecks,
  uses,
  secrets,
  variables,
  composed,
  bareHosts,
  dependencies,
  mounts,
  targetContainer,
  scaling,
  tcp,
  internal,
  schedules,
  executeCommand,
  guardRails,
];

/**
 * All problems of one spec.
 *
 * @param unsure keys of which it is not known what they are: what a rule says that asks for one of them may follow from that alone, and is left out
 */
export function specDiagnostics(context: RuleContext, unsure: ReadonlySet<string> = new Set()): Diagnostic[] {
  return rules.flatMap((rule) => {
    let asksForUnsure = false;
    const spec = new Proxy(context.spec, {
      get: (target, key) => {
        asksForUnsure ||= unsure.has(String(key));
        return target[key as keyof typeof target];
      },
    });
    const found = rule({ ...context, spec: unsure.size > 0 ? spec : context.spec });
    return asksForUnsure ? [] : found;
  });
}

/** What is to be told of one spec, and stops nothing. */
export function specHints(context: RuleContext): Diagnostic[] {
  return movingImages(context);
}
