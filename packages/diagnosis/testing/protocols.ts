import { NormalizedSchema } from "@smithy/core/schema";

/** How a service of AWS's is spoken to over HTTP. */
export type Protocol = "json" | "query" | "ec2" | "rest";

/** An operation as the SDK describes it: `[9, namespace, name, traits, input, output]`. */
export type OperationSchema = readonly [9, string, string, unknown, SchemaReference, SchemaReference];
type SchemaReference = Parameters<typeof NormalizedSchema.of>[0];
type Values = Record<string, unknown>;

/** AWS refuses. */
export class Refusal extends Error {
  constructor(
    /** As AWS spells it. */
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    readonly fields: Values = {},
  ) {
    super(message);
  }
}

/** What a request says, as the SDK's types have it. */
export function readInput(protocol: Protocol, [, , , , input]: OperationSchema, body: string, path: Values = {}): Values {
  const schema = NormalizedSchema.of(input);
  if (protocol === "json") return readJson(schema, body === "" ? {} : (JSON.parse(body) as unknown)) as Values;
  if (protocol === "rest") return { ...path, ...(body === "" ? {} : (JSON.parse(body) as Values)) };
  return (readForm(schema, [...new URLSearchParams(body)], protocol) ?? {}) as Values;
}

/** An answer, in the bytes that the service would send. */
export function writeOutput(protocol: Protocol, [, , name, , , output]: OperationSchema, value: Values): string {
  if (protocol === "json" || protocol === "rest") return JSON.stringify(jsonOf(value));
  const inner = writeXml(NormalizedSchema.of(output), value);
  if (protocol === "ec2") return `<${name}Response><requestId>${requestId}</requestId>${inner}</${name}Response>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `<${name}Response><${name}Result>${inner}</${name}Result>${metadata}</${name}Response>`;
}

/** A refusal, in the bytes that the service would send. */
export function writeRefusal(protocol: Protocol, { code, message, fields }: Refusal): string {
  if (protocol === "json" || protocol === "rest") return JSON.stringify({ __type: code, message, ...fields });
  const error = `<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  if (protocol === "ec2") return `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`;
  return `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}

export const requestId = "5f3cbb0e-0000-4000-8000-000000000000";

function readJson(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema.isTimestampSchema()) return new Date((value as number) * 1000);
  if (schema.isListSchema()) return (value as unknown[]).map((item) => readJson(schema.getValueSchema(), item));
  if (!schema.isStructSchema()) return value;
  const read: Values = {};
  for (const [name, member] of schema.structIterator()) read[name] = readJson(member, (value as Values)[name]);
  return read;
}

/** Dates are seconds since 1970 in AWS's JSON. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]));
}

type Pairs = readonly (readonly [string, string])[];

function readForm(schema: NormalizedSchema, pairs: Pairs, protocol: Protocol): unknown {
  if (pairs.length === 0) return undefined;
  if (schema.isListSchema()) {
    const isFlat = protocol === "ec2" || Boolean(schema.getMergedTraits().xmlFlattened);
    const items = isFlat ? pairs : below(pairs, (schema.getValueSchema().getMergedTraits().xmlName as string | undefined) ?? "member");
    const indexes = [...new Set(items.map(([key]) => Number(key.split(".")[0])))].filter((index) => index > 0).sort((a, b) => a - b);
    return indexes.map((index) => readForm(schema.getValueSchema(), below(items, String(index)), protocol));
  }
  if (schema.isStructSchema()) {
    const read: Values = {};
    for (const [name, member] of schema.structIterator())
      read[name] = readForm(member, below(pairs, formKey(name, member, protocol)), protocol);
    return read;
  }
  const text = pairs[0]![1];
  if (schema.isBooleanSchema()) return text === "true";
  if (schema.isNumericSchema()) return Number(text);
  return schema.isTimestampSchema() ? new Date(text) : text;
}

function formKey(name: string, member: NormalizedSchema, protocol: Protocol): string {
  const { ec2QueryName, xmlName } = member.getMemberTraits() as { ec2QueryName?: string; xmlName?: string };
  if (protocol !== "ec2") return xmlName ?? name;
  if (ec2QueryName) return ec2QueryName;
  const key = xmlName ?? name;
  return key[0]!.toUpperCase() + key.slice(1);
}

/** The pairs below a key, named from there. */
function below(pairs: Pairs, key: string): Pairs {
  return pairs.flatMap(([name, value]) =>
    name === key ? [["", value] as const] : name.startsWith(`${key}.`) ? [[name.slice(key.length + 1), value] as const] : [],
  );
}

function writeXml(schema: NormalizedSchema, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const tag = (item.getMergedTraits().xmlName as string | undefined) ?? "member";
    return (value as unknown[]).map((each) => element(tag, writeXml(item, each))).join("");
  }
  if (schema.isMapSchema()) {
    return Object.entries(value as Values)
      .map(([key, each]) => element("entry", element("key", escaped(key)) + element("value", writeXml(schema.getValueSchema(), each))))
      .join("");
  }
  if (schema.isStructSchema()) {
    return [...schema.structIterator()]
      .filter(([name]) => (value as Values)[name] !== undefined)
      .map(([name, member]) =>
        element((member.getMemberTraits().xmlName as string | undefined) ?? name, writeXml(member, (value as Values)[name])),
      )
      .join("");
  }
  return escaped(value instanceof Date ? value.toISOString() : String(value));
}

const element = (tag: string, inner: string) => `<${tag}>${inner}</${tag}>`;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
