import { rmSync } from "node:fs";
import { join } from "node:path";
import type { LocalEnvironment, Task } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";
import { namedLocal, openLocal, type LocalOptions, type OpenLocal } from "./openLocal";
import { readMap, writeWhole, type Place } from "./place";

/** An environment, for those that look at what runs. */
export interface KnownLocal {
  stack: string;
  place: Pick<Place, "project" | "folder">;
  environment: Pick<LocalEnvironment, "tasks" | "urlOf" | "notes" | "bindable"> & { compose: { services: Record<string, KnownService> } };
  url: string | undefined;
}

interface KnownService {
  labels?: Record<string, string>;
}

/** As it is written. */
interface Written extends Pick<OpenLocal, "stack"> {
  project: string;
  url?: string;
  tasks: Task[];
  notes: string[];
  bindable: LocalEnvironment["bindable"];
  urls: Record<string, string>;
  labels: Record<string, Record<string, string>>;
}

const fileIn = (folder: string): string => join(folder, "known.json");

/** Notes what an environment is that is about to be brought up. */
export function writeKnown({ stack, place, url, environment }: OpenLocal): void {
  const { tasks, notes, bindable, urlOf, compose } = environment;
  const urls = tasks.map(({ name }) => [name, urlOf(name)] as const).filter(([, each]) => each !== undefined);
  const labels = Object.entries(compose.services).map(([name, service]) => [name, service.labels ?? {}]);
  const written = {
    stack,
    project: place.project,
    url,
    tasks,
    notes,
    bindable,
    urls: Object.fromEntries(urls),
    labels: Object.fromEntries(labels),
  };
  writeWhole(fileIn(place.folder), JSON.stringify(written));
}

/** What was brought up is no more. */
export const forgetKnown = (folder: string): void => rmSync(fileIn(folder), { force: true });

/**
 * What was brought up last, as it was then: what runs is to be seen also while a manifest is wrong, and without a plan of it all. Where nothing was, it is what a
 * plan says.
 */
export async function knownLocal(options: LocalOptions, compose: ComposeEngine): Promise<KnownLocal> {
  const { place } = namedLocal(options);
  const written = readMap(fileIn(place.folder)) as Partial<Written>;
  if (written.project !== place.project) return openLocal(options, compose);
  const { stack, url, tasks, notes, bindable, urls, labels } = written as Written;
  const services = Object.fromEntries(Object.entries(labels).map(([name, each]) => [name, { labels: each }]));
  return { stack, place, url, environment: { tasks, notes, bindable, urlOf: (task) => urls[task], compose: { services } } };
}
