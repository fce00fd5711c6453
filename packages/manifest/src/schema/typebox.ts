import { Type, type TSchema } from "@sinclair/typebox";

/** Options of an object that has no other keys. */
export const closed = { additionalProperties: false };

/** A text that is one of a few. */
export const oneOf = <const T extends string>(values: readonly T[], options: object) =>
  Type.Unsafe<T>(Type.String({ ...options, enum: [...values] }));

/** An object with these keys, all optional. */
export const options = <T extends Record<string, TSchema>>(properties: T, description: string) =>
  Type.Partial(Type.Object(properties, { ...closed, description }), { ...closed, description });

export const serviceName = (description: string) =>
  Type.String({
    description,
    pattern: "^[a-z][a-z0-9-]*$",
    minLength: 2,
    // Short enough for what is derived from it to be read, such as a target group's 32 characters with Pulumi's suffix.
    maxLength: 40,
  });

export const variables = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), value, { description });
