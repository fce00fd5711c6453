import { isReference, referencesIn } from "@fairlead/plan";

import { awsEndpoint, type LocalData } from "../data/model";

/** In the place of what only AWS could tell. */
export const unknownHere = "unknown-on-this-machine";

/** Texts of the plan as they are on this machine. What only AWS could tell is remembered. */
export class LocalValues {
  private readonly outputs: ReadonlyMap<string, string>;
  /** Attributes that nothing here has a value for: `<urn>#<attribute>`. */
  readonly unknown = new Set<string>();

  /**
   * @param known of attributes beside those of data, such as images
   * @param addresses of load balancers, by the texts that name them, in the order in which they are replaced
   */
  constructor(
    data: readonly LocalData[],
    known: Readonly<Record<string, string>> = {},
    private readonly addresses: ReadonlyMap<string, string> = new Map(),
  ) {
    this.outputs = new Map([...Object.entries(known), ...data.flatMap(({ outputs }) => Object.entries(outputs))]);
  }

  /** @param endpoint of AWS's API, as the task reaches it */
  text(value: unknown, endpoint: string): string {
    const written = isReference(value) ? `\${${value.$output}}` : String(value);
    const given = [...this.addresses].reduce((text, [there, here]) => text.replaceAll(there, () => here), written);
    return referencesIn(given)
      .reduce((text, { urn, attribute }) => text.replaceAll(`\${${urn}#${attribute}}`, this.output(`${urn}#${attribute}`)), given)
      .replaceAll(awsEndpoint, endpoint);
  }

  private output(key: string): string {
    const known = this.outputs.get(key);
    if (known === undefined) this.unknown.add(key);
    return known ?? unknownHere;
  }
}
