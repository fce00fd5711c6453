import type { Adoption, MovingService } from "@fairlead/adoption";

import { counted } from "../counted";
import { unseenLines } from "../operate/renderStatus";
import { colorsOf } from "../operate/terminal";
import { renderProof, type Proof } from "./renderProof";
import { typeName } from "./typeName";

/** What was found, for people: what to write by reference, whose requests move, what works beside. */
export function renderAdoption(adoption: Adoption): string {
  const { stack, region, looked, references, settings, others, taken, moving, beside, letting, unseen } = adoption;
  const where = region === undefined ? "" : ` in ${region}`;
  const parts = [
    [`${stack}: ${counted(looked, "thing")} of the kinds that a stack can take over${where}, by their tags`],
    part(`By reference, in stacks/${stack}.ts: \`up\` then neither makes, changes nor deletes it.`, references.flatMap(renderReference)),
    part("As settings of the stack:", settings.flatMap(renderSetting)),
    references.length + settings.length === 0
      ? [
          unseen.length > 0
            ? "Nothing of what could be seen looks like what the stack would make."
            : "Nothing of it looks like what the stack would make.",
        ]
      : [],
    part(
      "Under the very names that the plan has, so that `up` would fail to make it:",
      taken.map(({ type, name }) => `  ${typeName(type)} ${name}`),
    ),
    part(
      "Found, and proposed for nothing:",
      others.map(({ what, ids, why }) => `  ${ids.length} of the ${what} (${few(ids)}): ${why}`),
    ),
    part(
      "Whose requests somebody else's tasks answer so far:",
      moving.flatMap((each) => renderMoving(stack, each)),
    ),
    part(
      "Beside what runs:",
      beside.map((line) => `  ${line}`),
    ),
    ...letting.map(({ application, steps }) =>
      part(
        `To let go of Copilot's ${application}, in this order, once nothing of it is needed; or leave it:`,
        steps.map((step, index) => `  ${index + 1}. ${step}`),
      ),
    ),
    part(
      "AWS didn't tell all: what is above may be less than there is.",
      unseenLines(unseen, colorsOf({})).map((line) => `  ${line}`),
    ),
  ];
  return `${parts.flatMap((lines) => (lines.length > 0 ? [lines.join("\n")] : [])).join("\n\n")}\n`;
}

/** All that there is to say: what was found, what an import does, and at the end whether something was not seen. */
export function renderAll(adoption: Adoption, done: { proof: Proof; stack: string; written: boolean } | undefined): string {
  const found = renderAdoption(adoption);
  if (!done) return found;
  const { proof, stack, written } = done;
  const missing = adoption.unseen.length > 0 ? "Of what AWS didn't tell (above) nothing is among it.\n" : "";
  return `${found}${renderProof(proof, stack, written)}${missing}`;
}

/** A part of the answer, where there is something to say. */
const part = (title: string, lines: readonly string[]) => (lines.length > 0 ? [title, ...lines] : []);

const few = (ids: readonly string[]) => `${ids.slice(0, 3).join(", ")}${ids.length > 3 ? ", …" : ""}`;

function renderSetting({ of, thing, why, notes, command }: Adoption["settings"][number]): string[] {
  return [`  ${of}: perhaps ${thing.id} (${why})`, ...notes.map((note) => `    ${note}`), `    ${command}`];
}

function renderReference({ of, thing, why, notes, reference }: Adoption["references"][number]): string[] {
  const code = reference.code.split("\n").map((line) => `    ${line}`);
  return [
    `  ${of}: perhaps ${thing.id} (${why})`,
    ...notes.map((note) => `    ${note}`),
    ...code,
    `    // import { ${reference.imports.name} } from "${reference.imports.package}"`,
  ];
}

function renderMoving(stack: string, { name, targetGroupArn, problems }: MovingService): string[] {
  const path = `formerTargetGroups.${name}`;
  const commands =
    targetGroupArn === undefined
      ? []
      : [
          `    pulumi config set --path ${path}.targetGroupArn ${targetGroupArn} -s ${stack}`,
          `    pulumi config set --path ${path}.percent 100 -s ${stack}    # then an up, and down to 0 in steps`,
        ];
  return [`  ${name}`, ...problems.map((problem) => `    ${problem}`), ...commands];
}
