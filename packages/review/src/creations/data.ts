import type { PlanResource } from "@fairlead/plan";

import { asList, cantTell, isUnknown, lessProtected, opened } from "../arguments/judge";
import { targetOf, thingNamed } from "../standing";
import type { CreationJudge } from "./around";

/** Arguments by which a database begins with what another one has. */
const sources = [
  "snapshotIdentifier",
  "replicateSourceDb",
  "replicationSourceIdentifier",
  "restoreToPointInTime",
  "s3Import",
  "globalClusterIdentifier",
];

/** A new database, or an instance of one, with a public address. */
export const newDatabase: CreationJudge = (created, { standing, after }) => {
  const { publiclyAccessible } = created.inputs;
  if (isUnknown(publiclyAccessible)) return cantTell;
  if (publiclyAccessible !== true) return undefined;
  const cluster = after.find(({ urn }) => urn === targetOf(created, "clusterIdentifier"));
  const hasData =
    standing.of(created, "clusterIdentifier") !== undefined ||
    [created, cluster].some((each) => sources.some((source) => each?.inputs[source] !== undefined));
  return hasData
    ? opened("It gets a public address, and has data that others keep apart from the internet.")
    : lessProtected("It gets a public address.");
};

/** Another door to a file system that was there. */
export const newAccessPoint: CreationJudge = (created, { standing, before }) => {
  if (!standing.of(created, "fileSystemId")) return undefined;
  const path = pathOf(created);
  if (path === "") return lessProtected("Whoever mounts it sees all files of the file system, those of others among them.");
  const isOfSame = (other: PlanResource) =>
    other.type === created.type && targetOf(other, "fileSystemId") === targetOf(created, "fileSystemId");
  const within = before.find((other) => isOfSame(other) && `${pathOf(other)}/`.startsWith(`${path}/`));
  return within && lessProtected(`Whoever mounts it sees the files of ${within.name} as well.`);
};

/** `/` is nothing before the names in it. */
function pathOf({ inputs }: PlanResource): string {
  const { path = "/" } = (inputs.rootDirectory ?? {}) as { path?: unknown };
  return String(path).replace(/\/+$/, "");
}

const alarms = ["alarmActions", "okActions", "insufficientDataActions"];

/** Somebody who reads what is published to a topic that was there. Those who are told of alarms are what a topic of alarms is for. */
export const newSubscription: CreationJudge = (created, { standing, after }) => {
  const { protocol, endpoint } = created.inputs;
  if (!/^(email|email-json|sms)$/.test(String(protocol)) || !standing.of(created, "topic")) return undefined;
  const topic = targetOf(created, "topic");
  const isOfAlarms = after.some((resource) =>
    alarms.some(
      (argument) =>
        asList(resource.inputs[argument]).map(thingNamed).includes(topic) || resource.propertyDependencies[argument]?.includes(topic),
    ),
  );
  return isOfAlarms
    ? undefined
    : lessProtected(
        `Whatever is published to the topic reaches ${isUnknown(endpoint) ? "another address" : String(endpoint)} from then on, once it is confirmed.`,
      );
};
