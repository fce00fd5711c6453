import { Type, type TObject, type TProperties, type TSchema } from "@sinclair/typebox";

/** An object that has these keys and no others. */
export const object = <P extends TProperties>(properties: P, description?: string): TObject<P> =>
  Type.Object(properties, { additionalProperties: false, ...(description && { description }) });

/** A text that is one of a few. */
export const oneOf = <const T extends string>(values: readonly T[], description?: string) =>
  Type.Unsafe<T>(Type.String({ enum: [...values], ...(description && { description }) }));

export const text = (description?: string) => Type.String(description ? { description } : {});
export const texts = (description?: string) => Type.Array(Type.String(), description ? { description } : {});
export const listOf = <T extends TSchema>(item: T, description?: string) => Type.Array(item, description ? { description } : {});
/** What nobody but the provider describes. */
export const anything = (description?: string) => Type.Unknown(description ? { description } : {});
export const map = (description?: string) => Type.Record(Type.String(), Type.Unknown(), description ? { description } : {});
export const { Boolean: yes, Number: number, Optional: optional } = Type;
