import { containerVariableName, likelySecret } from "@fairlead/model";

import { childOf, type SourceNode } from "../../source/sourceNode";
import { environmentMark } from "../interpolate";
import type { AddonArgs } from "./addonArgs";
import { outputVariable } from "./outputs";
import type { Output, Template } from "./template";
import { Texts } from "./texts";

/** A variable that an output of a service's addon gave its program, and that no data brings. */
export interface OutputVariable {
  name: string;
  /** The key that has it. */
  to: "environment" | "cloudFormationExports";
  /** What it holds in an environment, or what the export is called there; of none, what is said of all. */
  valueIn: (environment: string | undefined) => string | undefined;
}

/** What an output is that is of no resource of its template: what another stack exports, or a text. */
export function otherOutput(template: Template, output: Output, args: AddonArgs & { service: string }): OutputVariable | undefined {
  const { application, service, environments, claims, isRead } = args;
  const name = outputVariable(output.name);
  const imported = importOf(output.value);
  const read = (environment: string | undefined) => {
    const texts = new Texts(template.in(environment), { application, service });
    const text = texts.of(imported ?? output.value);
    return texts.isWidened ? undefined : text;
  };
  const told = { place: output.place, source: `Outputs.${output.name}`, service, was: name };
  const texts = (environments.length > 0 ? environments : [undefined]).map(read);
  const isTold = texts.every((text) => text !== undefined && !likelySecret(name, text.replaceAll(environmentMark, "x")));
  if (isTold && containerVariableName.test(name)) {
    const to = imported ? "cloudFormationExports" : "environment";
    claims.say({ ...told, outcome: "exact", to: `${to}.${name}` });
    return { name, to, valueIn: read };
  }
  if (isRead(name) === false)
    claims.say({ ...told, outcome: "changed", text: "the variable is left out: no file that the image is built from names it." });
  else claims.say({ ...told, outcome: "decide", to: `environment.${name}`, text: `Nothing sets ${name} here: write what it held.` });
  return undefined;
}

/** What names an export, of a value that is one. */
function importOf(value: SourceNode | undefined): SourceNode | undefined {
  if (value?.tag === "!ImportValue") return value.kind === "scalar" ? { ...value, tag: undefined } : value;
  return childOf(value, "Fn::ImportValue");
}
