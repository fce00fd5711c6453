import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";

/**
 * Properties as a message that can be sent. Not by `Struct.fromJavaScript`: where plans are made in the same process it makes what can't
 * (packages/plan/src/lightStruct.ts).
 */
export function structOf(properties: object): Struct {
  const struct = new Struct();
  for (const [key, value] of Object.entries(properties)) if (value !== undefined) struct.getFieldsMap().set(key, valueOf(value));
  return struct;
}

function valueOf(value: unknown): Value {
  const message = new Value();
  if (typeof value === "string") return message.setStringValue(value);
  if (typeof value === "number") return message.setNumberValue(value);
  if (typeof value === "boolean") return message.setBoolValue(value);
  if (Array.isArray(value)) return message.setListValue(new ListValue().setValuesList(value.map(valueOf)));
  if (typeof value === "object" && value !== null) return message.setStructValue(structOf(value));
  return message.setNullValue(NullValue.NULL_VALUE);
}
