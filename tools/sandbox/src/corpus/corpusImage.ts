import type { ContainerSettings } from "@fairlead/inspection";

import type { BaseName } from "./baseName";
import type { ImageClass } from "./classes";
import type { Layer } from "./layer";

/** What a task definition says of its container. */
export interface TaskSettings extends ContainerSettings {
  /** In MiB. */
  memory?: number;
}

/** One image of the corpus. Whether it lives is nobody's opinion: it is run, and `truth/` keeps what happened. */
export interface CorpusImage {
  /** Unique in the corpus. */
  name: string;
  class: ImageClass;
  /** `scratch` by default: nothing. */
  base: BaseName;
  layers: Layer[];
  config: ConfigChanges;
  task: TaskSettings;
  /** A program that goes on until it is ended: an end without an error is its death too. */
  serves: boolean;
  /** `amd64` by default. */
  architecture?: "amd64" | "arm64";
}

/** What an image's config says beyond its base's. */
export interface ConfigChanges {
  Entrypoint?: string[];
  Cmd?: string[];
  User?: string;
  WorkingDir?: string;
  Env?: Record<string, string>;
  Healthcheck?: { Test: string[] };
  Shell?: string[];
  Volumes?: Record<string, object>;
}

/** An image as it is written down: its layers, its config, and what the task says. */
export interface Recipe extends ConfigChanges {
  base?: BaseName;
  files?: Layer | Layer[];
  task?: TaskSettings;
  serves?: true;
}

/** Images of one class, by name. */
export function imagesOf(imageClass: ImageClass, recipes: Record<string, Recipe>): CorpusImage[] {
  return Object.entries(recipes).map(([name, { base = "scratch", files = [], task = {}, serves = false, ...config }]) => ({
    name,
    class: imageClass,
    base,
    layers: [files].flat(),
    config,
    task,
    serves,
  }));
}

/** What `CMD npm start` means. */
export const shellForm = (text: string): string[] => ["/bin/sh", "-c", text];
