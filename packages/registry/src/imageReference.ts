/** Why a reference to an image of somebody else's can't be used; undefined if it can. */
export function referenceProblem(reference: string): string | undefined {
  if (/@sha256:[0-9a-f]{64}$/.test(reference)) return undefined;
  const tag = /:([\w][\w.-]{0,127})$/.exec(reference.split("/").at(-1)!)?.[1];
  if (tag && tag !== "latest") return undefined;
  return `"${reference}" has ${tag ? 'the tag "latest"' : "no tag and no digest"}: name a version, better a digest (…@sha256:…)`;
}
