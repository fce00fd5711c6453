import { isDeletionProtected, sheetOf, type Loss } from "@fairlead/model/awsTypes";

import type { ResourceChange } from "./model";
import { endOfShifts } from "./shiftedTraffic";

/** How much a change hurts: as a loss does; nobody knows; a boundary is open that was closed; or it happens in another account or region. */
export type Severity = Loss["severity"] | "unknown" | "elsewhere";

/** What follows when a resource is replaced or deleted, or may be replaced. */
export interface Consequence {
  severity: Severity;
  text: string;
  /** That AWS refuses it as it is, whoever allows it: another `up` has to come first. */
  isRefused?: true;
}

/** From what matters least. What nobody knows the loss of is not harmless. */
export const severities: readonly Severity[] = [
  "routine",
  "unknown",
  "lessProtected",
  "interruption",
  "noCapacity",
  "unreachable",
  "opened",
  "dataLoss",
  "elsewhere",
];

/**
 * What follows from a replacement or deletion, and from an update that may be a replacement or takes traffic away; undefined for other operations.
 */
export function consequenceOf(
  change: Pick<ResourceChange, "type" | "operation" | "before" | "after" | "properties">,
): Consequence | undefined {
  const { type, operation, before } = change;
  if (operation === "update") return endOfShifts(change) ?? possibleReplacement(change);
  if (operation !== "replace" && operation !== "delete") return undefined;
  const { severity, text } = lossOf(type, operation, before);
  // Of what is replaced the program may take the protection off in the same `up`; of what goes the state has it.
  const isProtected = before?.options.protect === true && (operation === "delete" || change.after?.options.protect === true);
  const isKept = isDeletionProtected(before?.inputs);
  const refusal = isProtected ? (isKept ? bothRefuse : pulumiRefuses) : isKept ? awsRefuses : undefined;
  return {
    severity: isProtected && severity === "routine" ? "interruption" : severity,
    text: refusal ? `${text} ${refusal}` : text,
    ...(isKept && !isForgotten(before, operation) && { isRefused: true }),
  };
}

/** Whether Pulumi leaves it where it is, so that nobody is asked to delete it. */
function isForgotten(before: ResourceChange["before"], operation: "replace" | "delete"): boolean {
  return before?.options.retainOnDelete === true || (before?.inputs.skipDestroy === true && operation === "delete");
}

function lossOf(type: string, operation: "replace" | "delete", before: ResourceChange["before"]): Consequence {
  const sheet = sheetOf(type, before?.inputs);
  if (before?.options.retainOnDelete && (operation === "delete" || sheet?.retained)) {
    const text =
      operation === "delete"
        ? "Pulumi forgets it; it stays as it is."
        : "A new one is made. Pulumi forgets the old one; it stays as it is.";
    return { severity: "routine", text: sheet?.retained ? `${text} ${sheet.retained}` : text };
  }
  // Of a log group or a task definition: the provider leaves it where it is.
  if (before?.inputs.skipDestroy === true && operation === "delete")
    return { severity: "routine", text: "The provider only forgets it; it stays as it is." };
  const usual = operation === "replace" ? sheet?.replaced : sheet?.deleted;
  return sheet?.lossWith?.(before?.inputs ?? {}, operation) ?? usual ?? unknownLoss(operation, type);
}

/** Undefined where the provider updates it in place, and where nobody would notice its replacement. */
function possibleReplacement(change: Pick<ResourceChange, "type" | "before" | "properties">): Consequence | undefined {
  const unasked = change.properties.filter(({ replaces }) => replaces === undefined).map(({ path }) => path.split(".")[0]!);
  if (unasked.length === 0) return undefined;
  const replacement = consequenceOf({ ...change, operation: "replace" })!;
  if (replacement.severity === "routine") return undefined;
  const question = unasked.includes("import")
    ? otherImport
    : `Nobody asked the provider whether another ${[...new Set(unasked)].join(" or ")} replaces it; the engine's preview does.`;
  return { severity: "unknown", text: replacement.severity === "unknown" ? question : `${question} If so: ${replacement.text}` };
}

const otherImport =
  "Only the state knows its id: if that is not the one to import, the engine takes the one to import in its place, and deletes it.";
const bothRefuse = "It is protected, at AWS as well: `up` refuses all of the change. First an `up` that takes its deletion protection off.";
const pulumiRefuses = "It is protected: `up` refuses all of the change until `fairlead unprotect`.";

/** Types without a sheet of which only this is known: that they keep data. */
const keepsData =
  /^aws:(rds|docdb|neptune|opensearch|elasticsearch|elasticache|memorydb|redshift|redshiftserverless|kinesis|msk|mq|fsx|timestream\w*|keyspaces|cognito|glacier|backup|ebs|s3\w*|ssm)\/(instance|globalCluster|cluster|domain|stream|broker|volume|\w*FileSystem|database|table|keyspace|userPool|namespace|vault|parameter|bucketV2|bucketObject\w*|serverlessCache|serverlessCluster|tableBucket|directoryBucket):/;

function unknownLoss(operation: "replace" | "delete", type: string): Consequence {
  const what = operation === "replace" ? "replacement" : "deletion";
  if (keepsData.test(type))
    return { severity: "dataLoss", text: `It keeps data. Fairlead knows nothing more of the ${what} of this type: look up what is left.` };
  return { severity: "unknown", text: `Fairlead does not know what the ${what} of this type means: look it up before it happens.` };
}

const awsRefuses =
  "Its deletion protection is on: AWS refuses to delete it, and `up` ends with an error half-way. First an `up` that takes its deletion protection off.";

/** The worst first. */
export function bySeverity(a: Pick<Consequence, "severity">, b: Pick<Consequence, "severity">): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity);
}
