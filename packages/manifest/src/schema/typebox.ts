import { containerVariableName, manifestNames, type NameRule } from "@fairlead/model";
import { Type, type TSchema } from "@sinclair/typebox";

/** Options of an object that has no other keys. */
export const closed = { additionalProperties: false };

/** A text that is one of a few. */
export const oneOf = <const T extends string>(values: readonly T[], options: object) =>
  Type.Unsafe<T>(Type.String({ ...options, enum: [...values] }));

/** A number, or false for what is not to be. */
export const numberOrFalse = (options: object) =>
  Type.Unsafe<number | false>({ anyOf: [{ type: "number" }, { const: false }], ...options });

/** A text, or several of them. */
export const oneOrMore = (text: object) =>
  Type.Unsafe<string | string[]>({
    anyOf: [
      { type: "string", ...text },
      { type: "array", items: { type: "string", ...text }, minItems: 1, uniqueItems: true },
    ],
  });

/** An object with these keys, all optional. */
export const options = <T extends Record<string, TSchema>>(properties: T, description: string) =>
  Type.Partial(Type.Object(properties, { ...closed, description }), { ...closed, description });

/** A text that is one of the manifest's names. */
export const named = ({ pattern, max }: NameRule, description: string) =>
  Type.String({ description, pattern: pattern.source, maxLength: max });

export const serviceName = (description: string) => named(manifestNames.service, description);

export const variables = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String({ pattern: containerVariableName.source }), value, { description });
