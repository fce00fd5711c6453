import { parseReference } from "./imageReference";

const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?$/;
const folder = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** Whether an image lies where one of these lets it: a registry's host, or a host with the first folders of the repository. */
export function isFromAllowed(reference: string, allowed: readonly string[]): boolean {
  const parsed = parseReference(reference);
  return parsed !== undefined && allowed.some((entry) => `${parsed.registry}/${parsed.repository}/`.startsWith(`${entry}/`));
}

/** Whether a text names a registry, or folders of one: `public.ecr.aws`, `docker.io/library`, `localhost:5000`. Whole folders, no patterns. */
export function isRegistryPrefix(text: string): boolean {
  const [first = "", ...folders] = text.split("/");
  const isHost = first.length <= 255 && host.test(first) && (/[.:]/.test(first) || first === "localhost");
  return isHost && folders.every((part) => part.length <= 255 && folder.test(part));
}
