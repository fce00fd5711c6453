import { readFileSync, writeFileSync } from "node:fs";
import { changedResources, comparePlans, readEnginePreview, type ChangeSet } from "@fairlead/changes";
import { parseDocument } from "yaml";

import { embeddedPlan, inProject } from "../checkout";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { step } from "../progress";
import { singleKeys, type SingleKey } from "./singleKeyChanges";

/**
 * One key of one manifest each: what the engine with the real provider would do to the deployed stack must be what the comparison of two
 * embedded plans says, resource by resource and replacement by replacement. At the end all of them at once, by an `up`.
 *
 * @param lacksVersion6 whether changes that only version 6 of the AWS provider knows are left out
 */
export async function checkSingleKeys(engine: Engine, checkout: string, lacksVersion6: boolean): Promise<void> {
  const judged = singleKeys.filter(({ needsProvider6 }) => !(needsProvider6 && lacksVersion6));
  const before = embeddedPlan(checkout);
  let agreed = 0;
  await step(`pulumi preview: ${judged.length} changes of a single key`, async () => {
    for (const change of judged) {
      const restore = apply(checkout, change);
      try {
        const ofEngine = operationsIn(readEnginePreview(await engine.previewJson(), "pulumi preview"));
        const ofPlans = operationsIn(comparePlans(before, embeddedPlan(checkout)));
        const isAsExpected = (ofEngine.length === 0) === (change.changesNothing === true);
        if (ofEngine.join() === ofPlans.join() && isAsExpected) agreed++;
        else expectEqual(`the engine and fairlead diff agree on ${titleOf(change)}`, ofPlans, ofEngine);
      } finally {
        restore();
      }
    }
  });
  const left = singleKeys.filter((change) => !judged.includes(change)).map(titleOf);
  if (left.length > 0) report(`not judged, as this provider is older than version 6: ${left.join(", ")}`);
  expectEqual(
    "the engine and fairlead diff agree on each changed key",
    `${agreed} of ${judged.length}`,
    `${judged.length} of ${judged.length}`,
  );

  const restores = judged.filter(({ apart }) => !apart).map((change) => apply(checkout, change));
  await step("pulumi up: all of them at once", () => engine.up());
  expectEqual("a preview after it is empty", await step("pulumi preview", () => detailsOf(engine)), []);
  for (const restore of restores.reverse()) restore();
  await step("pulumi up: all of them taken back", () => engine.up());
  expectEqual("and so is one after they are taken back", await step("pulumi preview", () => detailsOf(engine)), []);
}

const titleOf = ({ service, path, value }: SingleKey) =>
  `${service}: ${path.join(".")} ${value === undefined ? "removed" : JSON.stringify(value)}`;

/** Changes the key in its manifest; returns what takes it back. */
function apply(checkout: string, { service, path, value }: SingleKey): () => void {
  const file = inProject(checkout, "apps", service, "service.yaml");
  const text = readFileSync(file, "utf8");
  const document = parseDocument(text);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  writeFileSync(file, document.toString());
  return () => writeFileSync(file, text);
}

/** What a preview would change, with the properties. */
async function detailsOf(engine: Engine): Promise<string[]> {
  const { resources } = readEnginePreview(await engine.previewJson(), "pulumi preview");
  return changedResources(resources).map(
    ({ operation, type, name, properties }) => `${operation} ${type} ${name}: ${properties.map(({ path }) => path).join(", ")}`,
  );
}

function operationsIn(changes: ChangeSet): string[] {
  return changedResources(changes.resources)
    .filter(({ after, before }) => (after ?? before)!.custom)
    .map(({ operation, type, name }) => `${operation} ${type} ${name}`)
    .sort();
}
