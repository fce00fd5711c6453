import { spawnSync } from "node:child_process";
import { UsageError } from "@fairlead/model";
import { rootOf, stacksOf } from "@fairlead/plan";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("new")
    .description("Make a service, an environment or a component: asks for what is not given, and writes over nothing that is there.")
    .argument("<what>", "service, environment or component")
    .argument("[name]", "its name")
    .option("--template <template>", "of a service: node-api, worker, static-web, go, python, or dockerfile for one that is there already")
    .option("--owner <team>", "of a service: the team that answers for it")
    .option("--path <path>", "of a service: its path at the load balancer (default: /<name>)")
    .option("--port <port>", "of a service: the port that it listens on (default: 3000, or what its Dockerfile exposes)")
    .option("--directory <folder>", "of a service: its folder (default: apps/<name>)")
    .option("--from <environment>", "of an environment: the one that it begins as a copy of (default: staging)")
    .option("--region <region>", "of an environment: its AWS region (default: the other's)")
    .option("--package <package>", "of a component: the package that offers it")
    .option("--dry-run", "only show what would be written")
    .action(makeNew);
}

/** What can be made. */
export const makeable = ["service", "environment", "component"] as const;
type Makeable = (typeof makeable)[number];

/** Options of `fairlead new`. */
export interface NewOptions {
  template?: string;
  owner?: string;
  path?: string;
  port?: string;
  directory?: string;
  from?: string;
  region?: string;
  package?: string;
  dryRun?: boolean;
}

interface Question {
  /** The generator's option; the name is asked first. */
  option: "name" | keyof NewOptions;
  message: string;
  choices?: { value: string; name: string }[];
  preset?: string;
}

const templates = [
  { value: "node-api", name: "an API in Node" },
  { value: "worker", name: "a worker in Node" },
  { value: "static-web", name: "static web pages" },
  { value: "go", name: "an API in Go" },
  { value: "python", name: "an API in Python" },
  { value: "dockerfile", name: "a Dockerfile that is there already" },
];
const packages = ["networking", "registry", "services", "observability", "data"].map((value) => ({ value, name: value }));

const optionsOf: Record<Makeable, (keyof NewOptions)[]> = {
  service: ["template", "owner", "path", "port", "directory"],
  environment: ["from", "region"],
  component: ["package"],
};

/** Asks for what was not given, and has the generator of the nx plugin write it. */
export async function makeNew(what: string, name: string | undefined, options: NewOptions): Promise<void> {
  if (!(makeable as readonly string[]).includes(what))
    throw new UsageError(`There is no "${what}" to make. It makes: ${makeable.join(", ")}.`);
  const kind = what as Makeable;
  const root = rootOf();
  const { dryRun, ...given } = options;
  const foreign = (Object.keys(given) as (keyof NewOptions)[]).filter((option) => !optionsOf[kind].includes(option));
  if (foreign.length > 0)
    throw new UsageError(`${kind === "environment" ? "An" : "A"} ${kind} has no ${foreign.map((option) => `--${option}`).join(", ")}.`);
  const answers = await ask(questionsOf(kind, root), { name, ...given });
  const { name: chosen, ...flags } = answers;
  const args = Object.entries(flags).map(([option, value]) => `--${option}=${value}`);
  const command = ["--no-install", "nx", "generate", `@fairlead/nx-plugin:${kind}`, chosen!, ...args, "--no-interactive"];
  const { status } = spawnSync("npx", [...command, ...(dryRun ? ["--dry-run"] : [])], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new UsageError("Nothing was written.");
  if (!dryRun) process.stdout.write(nextSteps(kind, chosen!, flags.directory));
}

function questionsOf(kind: Makeable, root: string): Question[] {
  if (kind === "service") {
    return [
      { option: "name", message: "What is the service called?" },
      { option: "template", message: "What is it made from?", choices: templates, preset: "node-api" },
      { option: "owner", message: "Which team owns it?" },
    ];
  }
  if (kind === "environment") {
    const stacks = stacksOf(root).map((value) => ({ value, name: value }));
    return [
      { option: "name", message: "What is the environment called?" },
      { option: "from", message: "Which one is it like?", choices: stacks, preset: "staging" },
    ];
  }
  return [
    { option: "name", message: "What is the component called (such as SharedBus)?" },
    { option: "package", message: "Which package offers it?", choices: packages },
  ];
}

async function ask(questions: Question[], given: Record<string, string | undefined>): Promise<Record<string, string>> {
  const answers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>;
  const missing = questions.filter(({ option }) => answers[option] === undefined);
  if (!process.stdin.isTTY) {
    const needed = missing.filter(({ preset }) => preset === undefined);
    if (needed.length === 0) return answers;
    const flags = needed.map(({ option, choices }) =>
      option === "name" ? "a name" : `--${option}${choices ? ` (${choices.map(({ value }) => value).join(", ")})` : ""}`,
    );
    throw new UsageError(`This is no terminal to ask on. Give ${flags.join(" and ")}.`);
  }
  const { input, select } = require("@inquirer/prompts") as typeof import("@inquirer/prompts");
  for (const { option, message, choices, preset } of missing) {
    answers[option] = choices ? await select({ message, choices, default: preset }) : await input({ message, required: true });
  }
  return answers;
}

function nextSteps(kind: Makeable, name: string, directory = `apps/${name}`): string {
  if (kind !== "service") return "";
  const steps = [
    `${directory}/service.yaml says how it runs; every key: docs/service.yaml.md`,
    `npx nx test ${name}`,
    "npm start",
    `npx fairlead diff dev --comment -`,
  ];
  return `\nNext:\n${steps.map((step) => `  ${step}`).join("\n")}\n`;
}
