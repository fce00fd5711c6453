import { referenceText } from "./outputReference";

type Properties = Record<string, unknown>;

/** `count` elements, each attribute of which is a reference of its own: `secretArn[0]`. */
function elements(urn: string, count: number, attributes: string[]): Properties[] {
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(attributes.map((attribute) => [attribute, referenceText(urn, `${attribute}[${index}]`)])),
  );
}

/**
 * Attributes that are lists, and that programs take elements of: a reference alone has none. By type and attribute, with the shape that the
 * provider gives it.
 */
const shapes: Record<string, (urn: string, inputs: Properties) => Properties> = {
  "aws:acm/certificate:Certificate": (urn, { domainName, subjectAlternativeNames = [] }) => {
    const domains = [domainName, ...(subjectAlternativeNames as unknown[])];
    const options = elements(urn, domains.length, ["resourceRecordName", "resourceRecordType", "resourceRecordValue"]);
    return { domainValidationOptions: options.map((option, index) => ({ ...option, domainName: domains[index] })) };
  },
  "aws:rds/cluster:Cluster": (urn) => ({ masterUserSecrets: elements(urn, 1, ["secretArn", "kmsKeyId", "secretStatus"]) }),
};

/** The list attributes of a resource with references in their elements. */
export function listOutputs(type: string, urn: string, inputs: Properties): Properties {
  return shapes[type]?.(urn, inputs) ?? {};
}
