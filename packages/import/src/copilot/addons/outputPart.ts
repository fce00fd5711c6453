import type { DataKind } from "@fairlead/model";

import { childOf, textOf, type SourceNode } from "../../source/sourceNode";

/** What `Ref` of a resource of a kind is. */
const references: Partial<Record<DataKind, string>> = {
  bucket: "bucket",
  table: "tableName",
  queue: "queueUrl",
  topic: "topicArn",
  secret: "value",
};
/** The same of attributes that `GetAtt` gives. */
const attributes: Partial<Record<DataKind, Record<string, string>>> = {
  queue: { QueueUrl: "queueUrl" },
  topic: { TopicArn: "topicArn" },
  postgres: { "Endpoint.Address": "host", "Endpoint.Port": "port", DBName: "database" },
  cache: {
    "RedisEndpoint.Address": "host",
    "RedisEndpoint.Port": "port",
    "PrimaryEndPoint.Address": "host",
    "PrimaryEndPoint.Port": "port",
  },
};

/** The part of a binding that an output's value is: `bucket` of `!Ref uploads`; undefined where it is none, such as an ARN. */
export function outputPart(kind: DataKind, id: string, value: SourceNode | undefined): string | undefined {
  const long = value?.kind === "map" ? value : undefined;
  const reference = value?.tag === "!Ref" ? textOf(value) : textOf(childOf(long, "Ref"));
  if (reference !== undefined) return reference === id ? references[kind] : undefined;
  const got = value?.tag === "!GetAtt" ? value : childOf(long, "Fn::GetAtt");
  const words = got?.kind === "list" ? got.items.flatMap((item) => textOf(item) ?? []).join(".") : textOf(got);
  return words?.startsWith(`${id}.`) ? attributes[kind]?.[words.slice(id.length + 1)] : undefined;
}
