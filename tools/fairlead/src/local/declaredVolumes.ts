/**
 * Folders that an image has as a `VOLUME` by its Dockerfile: those of the stage that is built, not of what that is built on.
 *
 * @see https://docs.docker.com/reference/dockerfile/#volume
 */
export function declaredVolumes(dockerfile: string, target?: string): string[] {
  const lines = dockerfile.replace(/\\\r?\n/g, " ").split(/\r?\n/);
  let volumes: string[] = [];
  let found = false;
  for (const line of lines) {
    const stage = /^\s*FROM\s.*?(?:\sAS\s+(\S+))?\s*$/i.exec(line);
    if (stage) {
      if (found) break;
      volumes = [];
      found = target !== undefined && stage[1]?.toLowerCase() === target.toLowerCase();
      continue;
    }
    const [, given] = /^\s*VOLUME\s+(.*)$/i.exec(line) ?? [];
    if (given !== undefined) volumes.push(...foldersIn(given.trim()));
  }
  return volumes;
}

function foldersIn(given: string): string[] {
  if (!given.startsWith("[")) return given.split(/\s+/);
  try {
    const list: unknown = JSON.parse(given);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
