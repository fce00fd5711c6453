import { alike, requestsText } from "@fairlead/review";

import type { StackReport } from "./report";

/** `/search: web → search`: requests that another one answers, of which nothing else is to be said. */
export function requestLines({ requests }: Pick<StackReport, "requests">): string[] {
  return alike(requests.filter(({ severity }) => severity === "routine")).map(requestsText);
}
