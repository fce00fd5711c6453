import { z } from "zod";

/** Not an option: a word that begins with a letter or a digit. */
const name = z.string().regex(/^[A-Za-z0-9][\w.-]*$/);
const revision = z.string().regex(/^[A-Za-z0-9][\w./~^@{}-]*$/);
const text = z.string().max(1000);

const stack = name.describe("the stack, such as dev or prod");
const services = z.array(name).optional().describe("services; all by default");

/** A command that an agent may call: it reads, and prints JSON. */
export interface ReadingTool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  description: string;
  /** Nothing else is taken: what is misspelt would be ignored in silence. */
  input: Shape;
  /** Whether it answers with lines of JSON, of which the newest are enough; one document by default. */
  isOfLines?: boolean;
  /** Arguments of the command line. */
  arguments: (input: z.infer<z.ZodObject<Shape>>) => string[];
}

const tool = <Shape extends z.ZodRawShape>(definition: ReadingTool<Shape>) => definition as unknown as ReadingTool;
const optional = (option: string, value: string | number | undefined) => (value === undefined ? [] : [`--${option}=${value}`]);

/** What an agent may ask, by name. Nothing of it changes anything, in AWS or in the repository. */
export const readingTools: Record<string, ReadingTool> = {
  plan: tool({
    description:
      "The embedded plan of a stack: every resource with its inputs, made in process, without credentials. It is long: name services for less.",
    input: { stack, services },
    arguments: ({ stack, services = [] }) => ["preview", stack, "--json", ...services.map((service) => `--service=${service}`)],
  }),
  diff: tool({
    description:
      "What a change does to a stack: services in their own words, resources that change, costs and new findings; two commits, or the working tree. Without credentials.",
    input: {
      stack,
      services,
      base: revision.optional().describe("what to compare with; where this branch left the main one by default"),
      head: revision.optional().describe("what to compare; the working tree by default"),
    },
    arguments: ({ stack, services = [], base, head }) => [
      ...["diff", stack, "--summary", ...optional("base", base), ...optional("head", head)],
      ...services.map((service) => `--service=${service}`),
    ],
  }),
  status: tool({
    description:
      "How an environment is, as AWS has it: services with image and commit, tasks, last deployment, alarms, and what differs from the plan.",
    input: { stack, services },
    arguments: ({ stack, services = [] }) => ["status", `--stack=${stack}`, "--json", ...services],
  }),
  doctor: tool({
    description:
      "What is wrong with services or jobs, likeliest first: the evidence, the line of service.yaml that decides it, and the fix as a diff.",
    input: { stack, services: services.describe("services or jobs; those that are not well by default") },
    arguments: ({ stack, services = [] }) => ["doctor", `--stack=${stack}`, "--json", ...services],
  }),
  logs: tool({
    description:
      "What tasks of services and jobs wrote, in the order of time: a line of JSON each. The newest are returned where there are many.",
    input: {
      stack,
      services,
      since: text.optional().describe("30s, 10m, 2h, 1d ago, or 2026-06-01T12:00:00Z; 10m by default"),
      until: text.optional().describe("as since; now by default"),
      grep: text.optional().describe("lines that contain it; /…/ is an expression"),
      container: name.optional().describe("of one container; all of a task by default"),
    },
    isOfLines: true,
    arguments: ({ stack, services = [], since, until, grep, container }) => [
      ...["logs", `--stack=${stack}`, "--json", ...optional("since", since), ...optional("until", until)],
      ...[...optional("grep", grep), ...optional("container", container), ...services],
    ],
  }),
  history: tool({
    description: "Who deployed what when, from which commit, with what outcome.",
    input: { stack, services, last: z.int().min(1).optional().describe("deployments of each service; 10 by default") },
    arguments: ({ stack, services = [], last }) => ["history", `--stack=${stack}`, "--json", ...optional("last", last), ...services],
  }),
};
