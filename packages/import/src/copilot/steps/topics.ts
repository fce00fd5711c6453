import type { Field } from "../../fields/field";
import type { SourceNode } from "../../source/sourceNode";
import type { Translation } from "../translation";

/** A topic's name here: it is of the service that publishes to it. */
export function topicName(service: string, topic: string): string {
  return `${service}-${topic}`.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
}

/** What the queue of a worker is called here. */
export function workerQueueName(service: string): string {
  return `${service}-events`;
}

/** What a service is bound to. */
export interface Binding {
  name: string;
  access?: string;
  as?: Record<string, string | string[]>;
}

/** `publish` and `subscribe`: topics, and the queue of a worker. */
export function topics(translation: Translation): void {
  publish(translation, translation.root.at("publish"));
  if (translation.type === "Worker Service") subscribe(translation, translation.root.at("subscribe"));
}

function publish(translation: Translation, field: Field | undefined): void {
  if (translation.type === "Request-Driven Web Service") {
    field?.claim();
    return;
  }
  for (const each of field?.at("topics")?.items() ?? []) {
    const name = each.at("name");
    const text = name?.text();
    each.at("fifo")?.claim();
    if (!name || !text) continue;
    const data = topicName(translation.service, text);
    translation.data.push({ name: data, declaration: "topic()" });
    use(translation, { name: data });
    translation.topics.set(text, data);
    name.claim({ now: data });
  }
}

function subscribe(translation: Translation, field: Field | undefined): void {
  const names: string[] = [];
  const filterPolicies: Record<string, unknown> = {};
  for (const each of field?.at("topics")?.items() ?? []) {
    const [name, service] = [each.at("name"), each.at("service")];
    const [topic, publisher] = [name?.text(), service?.text()];
    if (topic && publisher) names.push(topicName(publisher, topic));
    name?.claim({ now: topic && publisher ? topicName(publisher, topic) : undefined });
    service?.claim();
    const filter = each.at("filter_policy");
    if (filter && topic && publisher) filterPolicies[topicName(publisher, topic)] = plainValue(filter.node);
    filter?.claim();
    each.at("queue")?.claim();
  }
  // Also where the service that publishes to it is not among those that are imported.
  for (const name of names) translation.data.push({ name, declaration: "topic()" });
  const queue = field?.at("queue");
  const args = queueArgs(queue);
  if (names.length > 0) args.topics = names;
  if (Object.keys(filterPolicies).length > 0) args.filterPolicies = filterPolicies;
  const data = workerQueueName(translation.service);
  translation.data.push({ name: data, declaration: `queue(${Object.keys(args).length === 0 ? "" : literal(args)})` });
  use(translation, { name: data, access: "read" });
}

function queueArgs(field: Field | undefined): Record<string, unknown> {
  if (!field) return {};
  const args: Record<string, unknown> = {};
  const [retention, timeout, tries, delay, fifo] = [
    field.at("retention"),
    field.at("timeout"),
    field.at("dead_letter", "tries"),
    field.at("delay"),
    field.at("fifo"),
  ];
  const seconds = retention?.seconds();
  if (seconds) args.retentionDays = Math.min(14, Math.max(1, Math.ceil(seconds / 86_400)));
  retention?.claim({
    outcome: seconds && seconds % 86_400 === 0 ? "exact" : "changed",
    was: retention.text(),
    now: `${args.retentionDays as number} days`,
    text: "messages are kept for whole days.",
  });
  if (timeout) args.visibilityTimeoutSeconds = timeout.seconds();
  timeout?.claim();
  if (tries) args.maxReceiveCount = tries.number();
  tries?.claim();
  const delaySeconds = delay?.seconds();
  if (delaySeconds) args.delaySeconds = Math.min(900, Math.ceil(delaySeconds));
  delay?.claim();
  if (fifo?.isMap || fifo?.boolean()) args.fifo = true;
  if (fifo && !fifo.isMap) fifo.claim();
  for (const [, each] of fifo?.entries() ?? []) each.claim();
  return args;
}

function literal(args: Record<string, unknown>): string {
  return `{ ${Object.entries(args)
    .map(([key, value]) => {
      const text = JSON.stringify(value) ?? "undefined";
      return `${key}: ${Array.isArray(value) ? text.replaceAll(",", ", ") : text}`;
    })
    .join(", ")} }`;
}

/** A value as YAML has it. */
function plainValue(node: SourceNode): unknown {
  if (node.kind === "list") return node.items.map(plainValue);
  if (node.kind === "map") return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainValue(value)]));
  if (node.isText) return node.text;
  if (node.isNull) return null;
  if (/^(?:true|false)$/.test(node.text)) return node.text === "true";
  return /^-?\d+(?:\.\d+)?$/.test(node.text) ? Number(node.text) : node.text;
}

/** Binds the service to data. */
export function use(translation: Translation, binding: Binding): void {
  const uses = (translation.manifest.uses as { name: string }[] | undefined) ?? [];
  if (!uses.some(({ name }) => name === binding.name)) translation.set("uses", [...uses, binding]);
}
