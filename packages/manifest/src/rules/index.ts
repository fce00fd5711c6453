import type { Diagnostic } from "../diagnostic";
import { secrets, uses } from "./bindings";
import { guardRails } from "./guardRails";
import { healthChecks } from "./healthChecks";
import { bareHosts } from "./hosts";
import { dockerfilePlatform } from "./dockerfilePlatforms";
import { allowedImages, buildContext, dockerfile, platform, sidecarImages, signedImages } from "./images";
import { kinds } from "./kinds";
import { capacity, dependencies, executeCommand, scaling, schedules, tcp } from "./operation";
import { ownNamesOfEnvironments } from "./ownNames";
import type { RuleContext } from "./rule";
import { sizes } from "./sizes";
import { variables } from "./variables";

const rules = [
  ownNamesOfEnvironments,
  kinds,
  sizes,
  capacity,
  buildContext,
  dockerfile,
  platform,
  dockerfilePlatform,
  sidecarImages,
  allowedImages,
  signedImages,
  healthChecks,
  uses,
  secrets,
  variables,
  bareHosts,
  dependencies,
  scaling,
  tcp,
  schedules,
  executeCommand,
  guardRails,
];

/** All problems of one spec. */
export function specDiagnostics(context: RuleContext): Diagnostic[] {
  return rules.flatMap((rule) => rule(context));
}
