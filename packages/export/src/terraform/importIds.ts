import type { DeployedResource } from "../deployed/deployed";

/** A text of what AWS answered, else of what was asked for. */
export function text({ outputs, inputs }: DeployedResource, key: string): string | undefined {
  const value = outputs[key] ?? inputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Makes the id by which a resource is imported. Undefined where the state lacks what it is made of. */
export type IdOf = (resource: DeployedResource) => string | undefined;

export const byId: IdOf = ({ id }) => id;
export const by =
  (key: string): IdOf =>
  (resource) =>
    text(resource, key);

/** Several values in one; undefined where one is missing. */
export const joined =
  (separator: string, ...parts: (string | IdOf)[]): IdOf =>
  (resource) => {
    const values = parts.map((part) => (typeof part === "string" ? text(resource, part) : part(resource)));
    return values.includes(undefined) ? undefined : values.join(separator);
  };

/** The name in an ARN that ends with it, such as a cluster's. */
export const lastOf =
  (key: string): IdOf =>
  (resource) =>
    text(resource, key)?.split("/").at(-1);

const routeDestinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
export const route: IdOf = (resource) => {
  const destination = routeDestinations.map((key) => text(resource, key)).find((each) => each !== undefined);
  const table = text(resource, "routeTableId");
  return table && destination && `${table}_${destination}`;
};

export const record: IdOf = (resource) => {
  const parts = ["zoneId", "name", "type"].map((key) => text(resource, key));
  const set = text(resource, "setIdentifier");
  return parts.includes(undefined) ? undefined : [...parts, ...(set === undefined ? [] : [set])].join("_");
};

export const eventBus = (resource: DeployedResource) => text(resource, "eventBusName") ?? "default";
/** The account's own bus is left out. */
export const eventTarget: IdOf = (resource) =>
  joined("/", ...(eventBus(resource) === "default" ? [] : ["eventBusName"]), "rule", "targetId")(resource);
export const association: IdOf = (resource) => {
  const [target, table] = [text(resource, "subnetId") ?? text(resource, "gatewayId"), text(resource, "routeTableId")];
  return target && table && `${target}/${table}`;
};

export const attachment: IdOf = (resource) => {
  const { port } = resource.outputs;
  const id = joined(",", "targetGroupArn", "targetId")(resource);
  return id === undefined || typeof port !== "number" ? id : `${id},${port}`;
};

export const scalableTarget = ["serviceNamespace", "resourceId", "scalableDimension"] as const;
