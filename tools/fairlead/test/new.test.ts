import { resolve } from "node:path";
import { Workspace } from "@fairlead/nx-plugin/testing/workspace";

const bin = resolve(__dirname, "../bin/fairlead.js");
const workspace = new Workspace();
afterAll(() => workspace.delete());

const fairlead = (...args: string[]) => workspace.run(bin, ...args);

test("the help is the generators' schemas", () => {
  const { output } = fairlead("new", "service", "--help");
  expect(output.replace(/\s+/g, " ")).toContain(
    'What it is made from. node-api by default. (choices: "node-api", "worker", "static-web", "go", "python", "dockerfile")',
  );
  expect(fairlead("new", "--help").output).toMatch(/service .*\n[^]*environment .*\n[^]*component /);
});

describe("without a terminal", () => {
  test.each([
    { args: ["service"], says: ["<name>  Name of the service", "--owner <owner>  Team that answers for it: at most 64 letters"] },
    { args: ["service", "fresh"], says: ["--owner <owner>"] },
    { args: ["component", "SharedBus"], says: ["--package <package>  networking, registry,"] },
    { args: ["service", "fresh", "--template", "cobol"], says: ["Allowed choices are node-api, worker,"] },
    {
      args: ["service", "Bad Name", "--path", "/fresh/*", "--port", "abc"],
      says: [
        '<name> "Bad Name" is not allowed. Name of the service: 2 to 40 lower-case letters',
        '--path "/fresh/*" is not allowed. Path at the load balancer, with all below it: letters, digits',
        '--port "abc" is not allowed. Port that it listens on, 1 to 65535.',
        "--owner <owner>",
      ],
    },
    { args: ["service", "fresh-"], says: ['<name> "fresh-" is not allowed.', "no hyphen last"] },
    { args: ["service", "a".repeat(41)], says: ['a" is not allowed.', "2 to 40"] },
    { args: ["service", "fresh", "--owner", "a: b"], says: ['--owner "a: b" is not allowed. Team that answers for it'] },
    { args: ["service", "fresh", "--port", "65536"], says: ['--port "65536" is not allowed'] },
    { args: ["service", "orders"], says: ['There is a service "orders" already, in apps/orders.', "--owner <owner>"] },
    { args: ["environment", "Trial_2"], says: ['<name> "Trial_2" is not allowed. Name of the environment'] },
    { args: ["environment", "orders"], says: ['"orders" is the name of the service in apps/orders.'] },
    { args: ["component", "sharedBus"], says: ['<name> "sharedBus" is not allowed.', "--package"] },
    { args: ["pipeline"], says: ["unknown command 'pipeline'"] },
  ])("what is missing is named with its choices, before nx starts: $args", ({ args, says }) => {
    const { status, output } = fairlead("new", ...args);
    expect(status).toBe(1);
    for (const text of says) expect(output).toContain(text);
    expect(output).not.toMatch(/NX|\n\s+at /);
  });
});
