import { diagnose, diagnosisClients, type Diagnosis } from "../../src";
import type { incidents } from ".";

type Told = (typeof incidents)[number];

/** What the doctor said of an incident, and what of it is not right. */
export interface Judged {
  /** Ids, the likeliest first. */
  got: string[];
  /** None where it is right. */
  wrong: string[];
  diagnosis: Diagnosis;
}

/** Asks the doctor. */
export async function judged(incident: Told): Promise<Judged> {
  const { account, clusterArn, service, serviceName, taskDefinition } = incident.scene();
  const subject = service
    ? { clusterArn, serviceName }
    : { clusterArn, family: taskDefinition.family!, scheduleName: account.state.schedules[0]!.Name! };
  const clients = diagnosisClients(() => account.clientConfig());
  const diagnosis = await diagnose({ clients, ...subject, now: new Date(account.clock.milliseconds) });
  const got = diagnosis.causes.map(({ cause }) => cause);
  return { got, wrong: [...wrongCauses(incident, diagnosis, got), ...wrongWords(incident, diagnosis)], diagnosis };
}

function wrongCauses({ expect }: Told, { waits, outcome }: Diagnosis, got: readonly string[]): string[] {
  if ("nothing" in expect) {
    const told: string[] = waits.map(({ wait }) => wait);
    const lacking = (expect.waits ?? []).filter((wait) => !told.includes(wait)).map((wait) => `does not say ${wait}`);
    return [...(outcome === "nothing" ? [] : [`says ${got.join(", ") || outcome} of what is well`]), ...lacking];
  }
  if ("first" in expect) {
    const [first = "nothing"] = got;
    return (expect.first as readonly string[]).includes(first)
      ? []
      : [`says ${got.join(", ") || "nothing"}, not ${expect.first.join(" or ")}`];
  }
  return expect.withinTwo
    .filter((cause) => !got.slice(0, 2).includes(cause))
    .map((cause) => `${cause} is not of the first two: ${got.join(", ") || "nothing"}`);
}

function wrongWords({ expect, mentions = [], planted = [], denied = [] }: Told, diagnosis: Diagnosis): string[] {
  const first = JSON.stringify(diagnosis.causes[0] ?? {});
  const all = JSON.stringify(diagnosis);
  const services = denied.map((action) => action.split(":")[0]);
  return [
    ...("nothing" in expect ? [] : mentions.filter((text) => !first.includes(text)).map((text) => `does not mention ${text}`)),
    ...[...planted, "planted value", "planted text"].filter((text) => all.includes(text)).map((text) => `repeats the secret ${text}`),
    ...(denied.length > 0 && !diagnosis.unseen.some(({ action, reason }) => reason === "denied" && services.includes(action.split(":")[0]))
      ? ["does not say what it could not see"]
      : []),
  ];
}
