/** What a service needs of stacks/data.ts, or of the composition. */
export interface DataNeed {
  name: string;
  /** The call that declares it, such as `queue({ fifo: true })`. */
  declaration: string;
}

/** The functions that declarations call, each once. */
export function functionsOf(needs: readonly DataNeed[]): string[] {
  return [...new Set(needs.map(({ declaration }) => declaration.slice(0, declaration.indexOf("("))))].sort();
}

/** The properties of an object that declares them. @param indent what stands before each */
export function dataEntries(needs: readonly DataNeed[], indent: string): string[] {
  return needs.map(({ name, declaration }) => `${indent}${/^[a-z]\w*$/.test(name) ? name : JSON.stringify(name)}: ${declaration},`);
}
