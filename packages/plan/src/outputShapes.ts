import { referenceText } from "./outputReference";

type Shape = (urn: string, inputs: Record<string, unknown>) => Record<string, unknown>;

const list = (urn: string, attribute: string, length: number) =>
  Array.from({ length }, (_, index) => referenceText(urn, `${attribute}[${index}]`));

/**
 * Attributes that are lists: a program indexes and maps them, so one text can't stand for the whole. A row is needed only for types
 * whose list outputs a program reads element by element.
 */
const shapes: Record<string, Shape> = {
  "awsx:ec2:Vpc": (urn, inputs) => {
    const zones = typeof inputs.numberOfAvailabilityZones === "number" ? inputs.numberOfAvailabilityZones : 3;
    return Object.fromEntries(["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"].map((name) => [name, list(urn, name, zones)]));
  },
};

/** Outputs of a type whose shape is not a plain text. */
export function shapedOutputs(type: string, urn: string, inputs: Record<string, unknown>): Record<string, unknown> {
  return shapes[type]?.(urn, inputs) ?? {};
}
