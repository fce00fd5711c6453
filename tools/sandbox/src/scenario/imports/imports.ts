import { join } from "node:path";

import type { AwsAccount } from "../../aws/awsAccount";
import type { AwsPlugin } from "../../aws/plugins";
import { cloneBeside } from "../../checkout";
import { expectEqual, report } from "../../expectations";
import { run } from "../../machine/run";
import { step } from "../../progress";
import { checkStacks } from "../stacks";
import { copilotApplication } from "./copilotApplication";
import { deployedTaskDefinition } from "./deployedTaskDefinition";
import { commitAll, writeSourceProject } from "./sourceProject";

/** What is taken over, and what is known beforehand to come of it. */
interface Source {
  files: Record<string, string>;
  kind: string;
  /** Below the folder of the files. */
  path: string;
  environments: string[];
  /** What a person decides, by the key of the source. */
  decided: string[];
}

const sources: Record<string, Source> = {
  shop: { files: copilotApplication, kind: "copilot", path: "", environments: ["test", "live"], decided: ["stages[1].requires_approval"] },
  till: {
    files: deployedTaskDefinition,
    kind: "task-definition",
    path: "task-definition.json",
    environments: ["prod"],
    decided: ["portMappings", "portMappings"],
  },
};

/** Projects of others are imported, each into a clone of its own, and every environment of them comes out and goes. */
export async function checkImports(checkout: string, judges: { aws: AwsAccount; plugin: AwsPlugin }): Promise<void> {
  await judges.aws.access.json("ssm", "AmazonSSM.PutParameter", {
    Name: "/till/api-key",
    Type: "SecureString",
    Value: "only-for-the-sandbox",
  });
  for (const [name, source] of Object.entries(sources)) {
    const project = await writeSourceProject(name, source.files);
    const clone = await cloneBeside(checkout);
    const findings = await imported(clone, join(project, source.path), source.kind);
    const ofOutcome = (wanted: string) => findings.filter(({ outcome }) => outcome === wanted).map((finding) => finding.source);
    report(`${name}: ${findings.length} keys, of which ${ofOutcome("changed").length} are changed`);
    expectEqual(`the import of ${name} drops nothing`, ofOutcome("dropped"), []);
    expectEqual(`and leaves to people what only they can say`, ofOutcome("decide"), source.decided);
    await commitAll(clone, `${name} as it was imported`);
    await checkStacks(clone, judges, source.environments);
  }
}

interface Finding {
  outcome: string;
  source: string;
}

async function imported(clone: string, source: string, kind: string): Promise<Finding[]> {
  const program = join(clone, "tools/fairlead/bin/fairlead.js");
  const words = [program, "import", kind, source, "--remove-examples", "--copy-sources", "--json"];
  const printed = await step(`fairlead import ${kind}`, () => run(process.execPath, words, { cwd: clone }));
  return (JSON.parse(printed) as { findings: Finding[] }).findings;
}
