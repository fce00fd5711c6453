import { mentions, type Resource, type Template } from "./template";

/** Whether a resource is a key that data is encrypted with, or an alias of one: the environment has its own. */
export function isEncryptionOf(template: Template, { id, type, node }: Resource, data: Iterable<string>): boolean {
  const encrypted = [...data].map((each) => template.resources.get(each)?.node);
  const keys = [...template.resources.values()].filter((each) => each.type === "AWS::KMS::Key").map((each) => each.id);
  const ofData = keys.filter((key) => encrypted.some((each) => mentions(each, key)));
  return ofData.includes(id) || (type === "AWS::KMS::Alias" && ofData.some((key) => mentions(node, key)));
}
