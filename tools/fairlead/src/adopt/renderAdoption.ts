import { urnParts, type Adoption, type ChangedResource, type ChosenImport, type MovingService, type Verdict } from "@fairlead/adoption";
import { coded, UserError } from "@fairlead/model";

import { counted } from "../counted";

/** What an import would do, by Pulumi's engine on a copy of the state. */
export interface Proof {
  imported: ChosenImport[];
  /** What the program sets of them and AWS has not yet: an `up` makes it. */
  newSettings: ChosenImport[];
  verdict: Verdict;
}

/** What was found, for people: what to write by reference, whose requests move, what works beside. */
export function renderAdoption({ stack, region, looked, references, taken, moving, beside }: Adoption): string {
  const where = region === undefined ? "" : ` in ${region}`;
  const parts = [
    [`${stack}: ${counted(looked, "thing")} of the kinds that a stack can take over${where}, by their tags`],
    references.length === 0
      ? ["Nothing of it looks like what the stack would make."]
      : [`By reference, in stacks/${stack}.ts: \`up\` then neither makes, changes nor deletes it.`, ...references.flatMap(renderReference)],
    ...(taken.length > 0
      ? [
          [
            "Under the very names that the plan has, so that `up` would fail to make it:",
            ...taken.map(({ type, name }) => `  ${typeName(type)} ${name}`),
          ],
        ]
      : []),
    ...(moving.length > 0
      ? [["Whose requests somebody else's tasks answer so far:", ...moving.flatMap((each) => renderMoving(stack, each))]]
      : []),
    ...(beside.length > 0 ? [["Beside what runs:", ...beside.map((line) => `  ${line}`)]] : []),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
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

/** What the import would do, and what was done. */
export function renderProof({ imported, newSettings, verdict }: Proof, stack: string, written: boolean): string {
  const { replaced, deleted, changed, created, unchanged } = verdict;
  const lines = [
    `Imported into a copy of the state: ${counted(imported.length, "resource")}`,
    ...imported.map(({ urn, id }) => `  ${typeName(urnParts(urn).type)} ${id}`),
    `An up would then replace ${replaced.length}, delete ${deleted.length}, change ${changed.length}, make ${created}, and leave ${unchanged} as they are.`,
    ...changed.map((each) => `  changes ${shown(each)}`),
    ...newSettings.map(
      ({ urn, id }) =>
        `  sets ${typeName(urnParts(urn).type)} of ${id}, which has none${expiring.test(urn) ? ": look at what it deletes, and when" : ""}`,
    ),
  ];
  const end = written
    ? [`They are in the state of ${stack} now.`]
    : replaced.length + deleted.length === 0
      ? ["Nothing was written. With --write they are taken into the stack's state."]
      : [];
  return `\n${[...lines, ...end].join("\n")}\n`;
}

/** Settings by which AWS deletes what is older than they say. */
const expiring = /lifecycle/i;

/** @throws UserError with FL3204 where an `up` would replace or delete anything */
export function refuseVerdict({ verdict: { replaced, deleted } }: Proof): void {
  if (replaced.length + deleted.length === 0) return;
  const lines = [...replaced.map((each) => `  replaces ${shown(each)}`), ...deleted.map((each) => `  deletes ${shown(each)}`)];
  throw new UserError(
    coded(
      "FL3204",
      `nothing was written: with it in the state an up would lose what is there.\n${lines.join("\n")}\n  fix: have the program say what is there (transform), name it by reference instead, or leave it out by --skip.`,
    ),
  );
}

function shown({ type, name, properties }: ChangedResource): string {
  return `${typeName(type)} ${name}${properties.length > 0 ? `: ${properties.join(", ")}` : ""}`;
}

const typeName = (type: string) => type.split(":").at(-1)!;
