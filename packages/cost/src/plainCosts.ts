import { isDeepStrictEqual } from "node:util";

import type { Estimator } from "./estimators/estimator";
import type { PriceFile, PriceKey } from "./prices";

/** What a type of resource costs by the prices that say so themselves; undefined where no price does. */
export function plainEstimator(type: string, noun: string, { prices }: PriceFile): Estimator | undefined {
  const ofType = Object.entries(prices).flatMap(([key, { of }]) => (of?.type === type ? [{ key: key as PriceKey, ...of }] : []));
  if (ofType.length === 0) return undefined;
  return ({ inputs }, { cost, declared, hoursPerMonth }) => {
    const is = (name: string, value: unknown) => isDeepStrictEqual(inputs[name], value);
    const fitting = ofType.filter(
      ({ where = {}, unless = {} }) =>
        Object.entries(where).every(([name, value]) => is(name, value)) &&
        !Object.entries(unless).some(([name, values]) => values.some((value) => is(name, value))),
    );
    if (fitting.length === 0) return [{ what: noun, unknown: "the file has no price of one that is set up so" }];
    return fitting.map(({ key, what, per }) =>
      per === "month" || per === "hour" ? cost(what, key, per === "hour" ? hoursPerMonth : 1) : declared(what, key, per),
    );
  };
}
