import { relative } from "node:path";
import { formatProblems, type UserError } from "@fairlead/model";
import { planOfStack, type Project } from "@fairlead/plan";

type Problem = UserError["problems"][number];

/** All that is wrong with the manifests of some environments, each mistake once; empty where nothing is. */
export async function checkManifests(environments: readonly { name: string; project: Project }[]): Promise<string> {
  const found = new Map<string, Problem & { environments: string[] }>();
  for (const { name, project } of environments) {
    let broken: UserError | undefined;
    const onBrokenManifests = (problems: UserError) => (broken = problems);
    try {
      await planOfStack(project, name, { hooks: { onBrokenManifests, toleratesShallowClone: true } });
    } catch (error) {
      // What stops the rest of the plan is no manifest's.
      if (!broken) throw error;
    }
    for (const problem of broken?.problems ?? []) {
      const key = `${relative(project.root, problem.file)}:${problem.line}:${problem.column} ${problem.code} ${problem.problem}`;
      const known = found.get(key);
      if (known) known.environments.push(name);
      else found.set(key, { ...problem, environments: [name] });
    }
  }
  if (found.size === 0) return "";
  const problems = [...found.values()].map(({ environments: names, ...problem }) =>
    // An environment's own defaults, data and guard rails may be what a manifest breaks.
    names.length === environments.length ? problem : { ...problem, problem: `${problem.problem} (in ${names.join(", ")})` },
  );
  return formatProblems(problems);
}
