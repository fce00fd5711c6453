import { incidents } from "./incidents";
import { judged } from "./incidents/judged";
import { notFoundYet } from "./incidents/notFoundYet";

/** Of each kind: how many were told right. */
const rates = new Map<string, [right: number, all: number]>();

function count(kind: string, isRight: boolean): void {
  const [right, all] = rates.get(kind) ?? [0, 0];
  rates.set(kind, [right + Number(isRight), all + 1]);
}

const kindOf = ({ expect }: (typeof incidents)[number]) =>
  "nothing" in expect
    ? "healthy or busy: nothing is diagnosed"
    : "first" in expect
      ? "one cause: it is first"
      : "two causes: both are first";

describe("the doctor, by incidents that its author had not seen", () => {
  it.each(incidents.map((each) => [each.area, each.title, each] as const))("%s: %s", async (area, title, incident) => {
    const { wrong } = await judged(incident);
    for (const kind of [kindOf(incident), `  ${area}`, ...(incident.herring ? ["of all, with something that leads astray"] : [])]) {
      count(kind, wrong.length === 0);
    }
    if (notFoundYet.includes(title)) expect({ title, isFoundNow: wrong.length === 0 }).toEqual({ title, isFoundNow: false });
    else expect(wrong).toEqual([]);
  });

  it("lists as not found only what there is", () => {
    expect(notFoundYet.filter((title) => !incidents.some((each) => each.title === title))).toEqual([]);
  });

  afterAll(() => {
    const lines = [...rates].sort().map(([kind, [right, all]]) => `${String(right).padStart(5)} of ${String(all).padEnd(4)} ${kind}`);
    process.stdout.write(`\n${lines.reverse().join("\n")}\n`);
  });
});
