import { isIP } from "node:net";

import type { Condition } from "@fairlead/changes";

import { quoted } from "./configurationSyntax";
import { queryParameter, wholeText } from "./wildcardRegex";

/**
 * The test in HAProxy's language that holds where a listener rule's condition does; undefined where it never does. Regular expressions and what is known only
 * after apply hold for no request.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function testOf(condition: Condition): string | undefined {
  switch (condition.field) {
    case "host-header":
      return anyOf(
        `var(txn.name) -m reg -i`,
        condition.values.map((value) => wholeText(value)),
      );
    case "path-pattern":
      return anyOf(
        "path -m reg",
        condition.values.map((value) => wholeText(value)),
      );
    case "http-header":
      // A token, as HTTP has it: no other name can be in a request. https://www.rfc-editor.org/rfc/rfc9110#name-tokens
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(condition.name)) return undefined;
      return anyOf(
        `${quoted(`req.fhdr("${condition.name}")`)} -m reg -i`,
        condition.values.map((value) => wholeText(value)),
      );
    case "http-request-method":
      return anyOf(
        "method -m str --",
        condition.values.filter((value) => /^[\w-]+$/.test(value)),
      );
    case "query-string":
      return anyOf("query -m reg -i", condition.values.map(queryParameter));
    case "source-ip":
      return anyOf("src", condition.values.filter(isRange));
  }
}

function anyOf(fetch: string, values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : `{ ${fetch} ${values.join(" ")} }`;
}

function isRange(text: string): boolean {
  const [address = "", length, ...others] = text.split("/");
  const family = isIP(address);
  return family > 0 && /^\d+$/.test(length ?? "") && Number(length) <= (family === 4 ? 32 : 128) && others.length === 0;
}
