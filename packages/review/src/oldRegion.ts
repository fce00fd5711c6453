import type { ChangeSet } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";

import type { Danger } from "./danger";
import { ofStack } from "./ofStack";

interface Config {
  config: Readonly<Record<string, string>>;
}

/**
 * What a stack that moves to another region goes on naming of the one that it leaves, such as the certificate of its listener.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html
 */
export function namesOldRegion({ after: plan }: ChangeSet, before: Config | undefined, after: Config | undefined): Danger[] {
  const [was, is] = [before, after].map((side) => side?.config["aws:region"]);
  if (was === undefined || is === undefined || was === is) return [];
  const arn = new RegExp(`arn:aws[\\w-]*:[\\w-]+:${was}:[^"\\s,]+`, "g");
  const found = (value: unknown) => JSON.stringify(value).match(arn) ?? [];
  // CloudFront has no region, and takes its certificates from one.
  const placed = plan.resources.filter(({ type }) => !type.startsWith("aws:cloudfront/"));
  const arns = [...new Set([...found(Object.values(after!.config)), ...placed.flatMap(({ inputs }) => found(inputs))])];
  if (arns.length === 0) return [];
  const keys = Object.entries(after!.config).flatMap(([key, value]) => (found(value).length > 0 ? [key] : []));
  return [ofStack("interruption", `still names what is in ${was}: ${firstFew(arns, 4)}`, text, keys)];
}

const text =
  "The stack leaves that region. What takes only what is in its own, as a listener its certificate and a bucket its key, is refused, and `up` ends half-way: make it there first, and name that one.";
