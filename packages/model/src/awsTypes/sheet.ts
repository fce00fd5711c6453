/**
 * What the loss of a resource means: nothing that anybody notices, less protection or watch than before, an interruption, nothing left that would
 * answer, an address that clients know and that goes away, a boundary that is open, or data that is gone.
 */
export interface Loss {
  severity: "routine" | "lessProtected" | "interruption" | "noCapacity" | "unreachable" | "opened" | "dataLoss";
  /** In one or two sentences, for whoever reviews the change. */
  text: string;
}

/**
 * What a resource of a type costs.
 * - `estimated`: an estimator in packages/cost says what, as far as it can be known.
 * - `free`: AWS charges nothing for it; what passes through it or is kept in it is another resource's cost.
 * - `unknown`: it costs something, and nobody here can say how much.
 */
export type Pricing = "estimated" | "free" | "unknown";

/** What is known of one type of resource. */
export interface TypeSheet {
  /** Input that tells ours apart where others' resources may have the same type. */
  toldBy?: string;
  /** As people call one of them: `load balancer`. */
  noun: string;
  /** What follows when another one takes its place; undefined where nobody found out. */
  replaced?: Loss;
  /** What follows when it goes; undefined where nobody found out. */
  deleted?: Loss;
  /** What follows when it goes and is the last of its type that is a part of what stays. */
  last?: Loss;
  /** What follows when one with these inputs is replaced or goes, where it depends on them; else `replaced` and `deleted`. */
  lossWith?(inputs: Readonly<Record<string, unknown>>, operation: "replace" | "delete"): Loss | undefined;
  /** What follows when Pulumi forgets one and leaves it where it is (`retainOnDelete`), beyond that it stays. */
  retained?: string;
  /**
   * Input that names what it changes from the moment that it is there: what a new one says of something that was there before is judged. `account` where
   * that is the account, in its region.
   */
  settingOf?: string;
  /** Input that names what it is a part of: where that goes as well, the loss of this says nothing more. */
  partOf?: string;
  /**
   * Arguments whose change makes the provider replace it, as {@link replacementSource} found them; nested paths where only a part of an argument does.
   * Undefined where no provider was asked.
   */
  replacedBy?: readonly string[];
  /** Of arguments of `replacedBy`: which values the provider changes in place all the same. */
  inPlace?: Readonly<Record<string, (before: unknown, after: unknown) => boolean>>;
  /** Arguments whose change alone makes its provider do anything: a dynamic resource's, which compares for itself. All by default. */
  changedBy?: readonly string[];
  /** Arguments that are fingerprints, and what of: their values tell people nothing. */
  fingerprints?: Readonly<Record<string, string>>;
  /** Arguments that are newer than the release that was asked: nobody here knows whether their change replaces it. */
  unasked?: readonly string[];
  /** Whether it takes a map of tags by the argument `tags`. A list of tags, as Auto Scaling groups have, is none. */
  taggable: boolean;
  pricing: Pricing;
}

/** The types of one area, by their Pulumi type token. */
export type TypeSheets = Record<string, TypeSheet>;

/** Who was asked what replaces a resource. Where two releases of the provider differ, 6 counts: Pulumi's wraps it. */
export const replacementSource =
  "hashicorp/aws 5.100.0, asked offline on 2026-11-24 by its plugin protocol: for each argument of each type a state with another value was planned. " +
  "Every type's region, ECS services, capacity providers and the engines of caches: by the source of release 6, which updates what 5 replaced or what depends on the values. docker-build: the Diff functions of its version 0.0.22. Dynamic resources: their own diff.";

export const routine = (text: string): Loss => ({ severity: "routine", text });
export const lessProtected = (text: string): Loss => ({ severity: "lessProtected", text });
export const interruption = (text: string): Loss => ({ severity: "interruption", text });
export const noCapacity = (text: string): Loss => ({ severity: "noCapacity", text });
export const unreachable = (text: string): Loss => ({ severity: "unreachable", text });
export const opened = (text: string): Loss => ({ severity: "opened", text });
export const dataLoss = (text: string): Loss => ({ severity: "dataLoss", text });

/**
 * The loss of what keeps data and can leave a last snapshot behind: whether it does decides whether anything is left.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/rds_cluster#final_snapshot_identifier
 */
export const withLastSnapshot =
  (what: string, isRequired: boolean): NonNullable<TypeSheet["lossWith"]> =>
  ({ skipFinalSnapshot, finalSnapshotIdentifier }, operation) => {
    const { text } = operation === "replace" ? losesData(what).replaced : losesData(what).deleted;
    const isMade = skipFinalSnapshot !== true && finalSnapshotIdentifier !== undefined;
    if (isMade) return dataLoss(`${text} A last snapshot stays (finalSnapshotIdentifier), from which it can be made anew.`);
    if (skipFinalSnapshot === true || !isRequired) return dataLoss(`${text} No last snapshot is made.`);
    return dataLoss(`${text} The provider refuses to delete it without finalSnapshotIdentifier or skipFinalSnapshot.`);
  };

/** The losses of what keeps data. */
export const losesData = (what: string): Required<Pick<TypeSheet, "replaced" | "deleted">> => ({
  replaced: dataLoss(`A new, empty ${what} takes its place. What was in the old one is not carried over.`),
  deleted: dataLoss(`The ${what} goes, with what is in it.`),
});
