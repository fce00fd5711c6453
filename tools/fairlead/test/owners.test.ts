import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
beforeEach(() => (repository = new FixtureRepository()));
afterEach(() => repository.remove());

const owners = (...args: string[]) => runCommand(repository.folder, "owners", ...args);
const file = () => join(repository.folder, ".github/CODEOWNERS");
const lines = () =>
  readFileSync(file(), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("/"));
const teams = (text = "organization: acme\n") => repository.write("stacks/owners.yaml", text);

test("each service's folder is its owner's, by the organization or the team that is said, and a check holds to it", async () => {
  teams('organization: acme\nteams: { payments: "@acme/pay-core" }\n');
  repository.edit("apps/web/service.yaml", (text) => text.replace("owner: shop", "owner: payments"));
  expect(await owners("--check")).toMatchObject({ status: 1, stderr: expect.stringContaining("FL2417") as string });
  expect(existsSync(file())).toBe(false);
  expect(await owners()).toMatchObject({ status: 0 });
  expect(lines()).toEqual(expect.arrayContaining(["/apps/api/ @acme/shop", "/apps/web/ @acme/pay-core"]));
  expect(await owners("--check")).toMatchObject({ status: 0 });
  repository.edit("apps/web/service.yaml", (text) => text.replace("owner: payments", "owner: shop"));
  expect((await owners("--check")).status).toBe(1);
});

test("what judges a change and brings it out is the platform's team's, the allowed changes and the workflows as well", async () => {
  teams('organization: acme\nplatform: "@acme/platform"\n');
  await owners();
  const first = lines().slice(0, 6);
  expect(first).toEqual(
    ["/.github/", "/stacks/", "/packages/", "/tools/", "/Pulumi.yaml"].map((path) => `${path} @acme/platform`).concat(lines()[5]!),
  );
  expect(first[5]).toMatch(/^\/apps\//);
  expect(await owners("--check")).toMatchObject({ status: 0 });
  teams("organization: acme\nplatform: the team\n");
  expect((await owners()).stderr).toMatch(/FL2415[^]*platform is no team/);
});

test("what somebody wrote stays, above and below", async () => {
  teams();
  repository.write(".github/CODEOWNERS", "* @acme/platform\n");
  await owners();
  repository.edit(".github/CODEOWNERS", (text) => `${text}/docs/ @acme/writers\n`);
  repository.edit("apps/web/service.yaml", (text) => text.replace("owner: shop", "owner: payments"));
  await owners();
  expect(lines()).toEqual(expect.arrayContaining(["/apps/web/ @acme/payments", "/docs/ @acme/writers"]));
  expect(readFileSync(file(), "utf8")).toMatch(/^\* @acme\/platform\n/);
});

test.each([
  ["a line among those of services", (text: string) => text.replace("# fairlead owners: end", "*.ts @acme/web\n# fairlead owners: end")],
  ["a block without an end", (text: string) => text.replace("# fairlead owners: end", "")],
])("nothing that somebody wrote is overwritten: %s", async (_, change) => {
  teams();
  await owners();
  repository.edit(".github/CODEOWNERS", change);
  const before = readFileSync(file(), "utf8");
  expect(await owners()).toMatchObject({ status: 1, stderr: expect.stringContaining("FL2416") as string });
  expect(readFileSync(file(), "utf8")).toBe(before);
});

test("an owner of whom nobody says which team it is, a file that says nothing of it, and a manifest that can't be read are mistakes", async () => {
  expect(await owners("--check")).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing is written") as string });
  teams("teams: {}\n");
  expect((await owners()).stderr).toMatch(/FL2415 apps\/\S+ is owned by "accounts"/);
  teams("organisation: acme\n");
  expect((await owners()).stderr).toMatch(/stacks\/owners\.yaml:1:\d+ {2}FL2415/);
  teams();
  repository.write("apps/web/service.yaml", "name: [web\n");
  expect((await owners()).stderr).toContain("FL1001");
});
