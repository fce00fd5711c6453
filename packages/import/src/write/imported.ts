import type { FileProblem } from "@fairlead/model";

import type { Finding } from "../findings/finding";
import type { Place } from "../source/sourceNode";
import type { DataNeed } from "./dataNeed";
import type { NeededValue } from "./neededValue";
import type { StackNeeds } from "./stackNeeds";

export type { DataNeed } from "./dataNeed";

/** A manifest in parts: what holds for all environments, and what differs in each, as service.yaml has it. */
export interface Layers {
  base: Record<string, unknown>;
  environments: Record<string, Record<string, unknown>>;
}

/** A service or a job as it is written. */
export interface ImportedService {
  name: string;
  /** What it was: its type in Copilot, or what it is in the Compose project. */
  type: string;
  layers: Layers;
  /** Other files of its folder, by name. */
  files?: Readonly<Record<string, string>>;
}

/** That a service calls another, how sure that is, and where it was seen. */
export interface InferredCall {
  from: string;
  to: string;
  /** `sure` by an address that nothing else has; `likely` by a variable's name and value, or by the order of starts. */
  certainty: "sure" | "likely";
  place?: Place;
  seen: string;
}

/** Something that the other tool does unless it is told otherwise, and Fairlead does otherwise. */
export interface DifferingDefault {
  what: string;
  before: string;
  fairlead: string;
  why: string;
  /** How to have it as it was, where that is possible. */
  back?: string;
}

/** What a report says of the tool that its source was written for. */
export interface Origin {
  tool: "Copilot" | "Compose" | "ECS";
  /** What is imported, such as `Copilot application`. */
  what: string;
  defaults: readonly DifferingDefault[];
  /** What held of calls between services before. */
  callsBefore: string;
  /** What follows the preview, as items of a numbered list. */
  afterwards: readonly string[];
  /** How a comment of the composition goes on after what it is of. */
  beside: string;
  /** Above the namespace of the composition. */
  namespaceComment: string;
  /** Above the region of an environment's configuration. */
  regionComment: string;
}

/** A variable of the tool's own in a program's source. */
export interface ReportedMention {
  name: string;
  service: string;
  /** Key of the manifest that sets it here; undefined where nothing does. */
  givenBy?: "environment" | "composedEnvironment" | "uses";
  place: Place;
}

/** All that an import becomes, before anything is written. */
export interface Imported {
  origin: Origin;
  application: string;
  environments: StackNeeds[];
  services: ImportedService[];
  data: DataNeed[];
  calls: InferredCall[];
  mentions: ReportedMention[];
  /** None where the other tool had them where ECS reads them. */
  values?: NeededValue[];
  findings: Finding[];
  /** What stands against writing it. Files are relative to the folder. */
  problems: FileProblem[];
}
