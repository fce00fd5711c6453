import { isCollection, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

import { Refusal } from "../refusal";
import type { Place } from "./place";
import { pairOf, YamlText } from "./yamlText";

type Job = Pair<Node, Node | null>;

/** deploy.yml with a job for a new environment, between those of its neighbours: they wait for each other by `needs`. */
export function deploymentOf(file: string, text: string, { name, from, after, before, rename }: Place): string {
  const yaml = new YamlText(file, text);
  const jobs = yaml.map("jobs");
  const jobOf = (stack: string) => jobs?.items.find(({ value }) => stackOf(value) === stack);
  if (jobOf(name)) return text;
  if (pairOf(jobs, name))
    throw new Refusal(`${file} has a job "${name}" that is of no environment. Nothing was written. Choose another name.`);
  const [source, previous, next] = [jobOf(from), jobOf(after), before === undefined ? undefined : jobOf(before)];
  if (!source || !previous || (before !== undefined && !next)) {
    const missing = [source ? undefined : from, previous ? undefined : after, next ? undefined : before].find(
      (stack) => stack !== undefined,
    );
    throw new Refusal(byHand(file, name, `it has no job with \`stack: ${missing}\``));
  }
  const previousKey = keyOf(previous);
  const others = needsOf(source).filter((key) => !isDeployment(pairOf(jobs, key)));
  const isFirst = others.length === needsOf(source).length;
  const needs = isFirst ? [previousKey] : [...others, previousKey];
  const needsText = needs.length === 1 ? needs[0]! : `[${needs.join(", ")}]`;
  yaml.copyAfter(jobs!, source, previous, (job) => withNeeds(rename(job).replace(/^(\s*)[^:\n]+:/, `$1${name}:`), needsText));
  if (next) {
    const need = needNodes(next).find((node) => String((node as { value?: unknown }).value) === previousKey);
    if (!need) throw new Refusal(byHand(file, name, `its job "${keyOf(next)}" does not need "${previousKey}"`));
    yaml.replace(need, name);
  }
  return yaml.toString();
}

/** A job's text with other `needs`. */
function withNeeds(job: string, needs: string): string {
  const given = /^(\s*needs:).*(?:\n\s*- .*)*/m;
  if (given.test(job)) return job.replace(given, `$1 ${needs}`);
  const [first, indent] = /^(\s*).*\n/.exec(job)!;
  return `${first}${indent}  needs: ${needs}\n${job.slice(first.length)}`;
}

function byHand(file: string, name: string, reason: string): string {
  return `${file}: a job for ${name} can't be put in, since ${reason}. Nothing was written.\nWrite a job with \`stack: ${name}\` yourself, then run this again.`;
}

function keyOf({ key }: Job): string {
  return String((key as { value?: unknown }).value);
}

function stackOf(job: Node | null): unknown {
  return isCollection(job) ? job.getIn(["with", "stack"]) : undefined;
}

function isDeployment(job: Job | undefined): boolean {
  return job !== undefined && stackOf(job.value) !== undefined;
}

function needNodes({ value }: Job): Node[] {
  const needs = pairOf(value as YAMLMap<Node, Node | null>, "needs")?.value;
  if (isSeq(needs)) return needs.items as Node[];
  return isScalar(needs) ? [needs] : [];
}

function needsOf(job: Job): string[] {
  return needNodes(job).map((node) => String((node as { value?: unknown }).value));
}
