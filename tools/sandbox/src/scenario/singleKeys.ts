import { readFileSync, writeFileSync } from "node:fs";
import { changedResources, comparePlans, readEnginePreview, type ChangeSet } from "@fairlead/changes";
import { parseDocument } from "yaml";

import { cloneBeside, embeddedPlan, inProject } from "../checkout";
import { inTurnAt } from "../commitsTurn";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { step } from "../progress";
import { singleKeys, type SingleKey } from "./singleKeyChanges";

/**
 * One key of one manifest each: what the engine with the real provider would do to the deployed stack must be what the comparison of two
 * embedded plans says, resource by resource and replacement by replacement. At the end all of them at once, by an `up`.
 *
 * @param lacksVersion6 whether changes that only version 6 of the AWS provider knows are left out
 * @param turn of the commit, by which a third of them has a preview of its own; all without
 */
export async function checkSingleKeys(engine: Engine, checkout: string, lacksVersion6: boolean, turn?: number): Promise<void> {
  const judged = singleKeys.filter(({ needsProvider6 }) => !(needsProvider6 && lacksVersion6));
  // Previews take no lock.
  const beside = await cloneBeside(checkout);
  const workers = [new Worker(engine, checkout), new Worker(await Engine.open("sandbox", beside, process.env), beside)];
  const previewed = turn === undefined ? judged : inTurnAt(judged, turn);
  const waiting = [...previewed];
  const agreed = await step(`pulumi preview: ${previewed.length} of ${judged.length} changes of a single key`, () =>
    Promise.all(workers.map((worker) => worker.judge(waiting))),
  );
  const left = singleKeys.filter((change) => !judged.includes(change)).map(titleOf);
  if (left.length > 0) report(`not judged, as this provider is older than version 6: ${left.join(", ")}`);
  expectEqual(
    "the engine and fairlead diff agree on each changed key",
    `${agreed[0]! + agreed[1]!} of ${previewed.length}`,
    `${previewed.length} of ${previewed.length}`,
  );

  const restores = judged.filter(({ apart }) => !apart).map((change) => apply(checkout, change));
  await step("pulumi up: all of them at once", () => engine.up());
  expectEqual("a preview after it is empty", await step("pulumi preview", () => detailsOf(engine)), []);
  for (const restore of restores.reverse()) restore();
  await step("pulumi up: all of them taken back", () => engine.up());
  expectEqual("and so is one after they are taken back", await step("pulumi preview", () => detailsOf(engine)), []);
}

/** Changes one key after the other in a clone of its own. */
class Worker {
  constructor(
    private readonly engine: Engine,
    private readonly checkout: string,
  ) {}

  /** Takes changes from those that wait until none is left; returns of how many the engine and the plans said the same. */
  async judge(waiting: SingleKey[]): Promise<number> {
    const before = await embeddedPlan(this.checkout);
    let agreed = 0;
    for (let change = waiting.shift(); change; change = waiting.shift()) {
      const restore = apply(this.checkout, change);
      try {
        const [printed, after] = await Promise.all([this.engine.previewJson(), embeddedPlan(this.checkout)]);
        const ofEngine = operationsIn(readEnginePreview(printed, "pulumi preview"));
        const ofPlans = operationsIn(comparePlans(before, after));
        const isAsExpected = (ofEngine.length === 0) === (change.changesNothing === true);
        if (ofEngine.join() === ofPlans.join() && isAsExpected) agreed++;
        else expectEqual(`the engine and fairlead diff agree on ${titleOf(change)}`, ofPlans, ofEngine);
      } finally {
        restore();
      }
    }
    return agreed;
  }
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
