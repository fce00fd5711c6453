import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chosenService, releasePin, rollback } from "../src";
import type { Shop } from "../testing/shop";
import { old, twiceDeployed } from "../testing/twiceDeployed";

const folder = mkdtempSync(join(tmpdir(), "fairlead-pins-"));
afterAll(() => rmSync(folder, { recursive: true }));
const configuration = "config:\n  aws:region: eu-west-1\n";
const file = join(folder, "Pulumi.shop.yaml");
beforeEach(() => writeFileSync(file, configuration));
const project = { root: folder, configFolder: folder, name: "fairlead", config: {} };
const text = () => readFileSync(file, "utf8");
const back = (seen: Shop) => rollback({ ...seen, project }, chosenService(seen.inAws, "api"));
const changes = ({ account }: Shop) => account.state.changes.map(({ action, input }) => [action, input]);
const pinned = `${configuration}  fairlead:pinnedImages:\n    api:\n      tag: ${old.tag}\n      digest: ${old.digest}\n`;

describe("where no pin could be written, ECS is asked for nothing, and the place is told", () => {
  const key = "fairlead:pinnedImages";
  test.each<[what: string, configuration: string, told: RegExp]>([
    ["no YAML", "config: [", /Pulumi\.shop\.yaml:1:\d+ {2}FL2807 {2}this is not YAML/],
    ["an alias", `x: &x {}\nconfig:\n  ${key}: *x\n`, /Pulumi\.shop\.yaml:3:26 {2}FL2807 {2}\*x stands for what is written elsewhere/],
    ["a merge", "x: &x {}\nconfig:\n  <<: *x\n", /Pulumi\.shop\.yaml:3:3 {2}FL2807 {2}<< takes keys from elsewhere/],
    ["a list", `config:\n  ${key}: [api]\n`, /Pulumi\.shop\.yaml:2:26 {2}FL2807 {2}fairlead:pinnedImages is no map of pins/],
    ["a text that is no JSON", `config:\n  ${key}: api\n`, /Pulumi\.shop\.yaml:2:26 {2}FL2807 .*is no map of pins/],
    ["a secret", `config:\n  ${key}:\n    secure: v1:x\n`, /Pulumi\.shop\.yaml:2:3 {2}FL2807 .*is no map of pins/],
  ])("%s", async (_, configuration, told) => {
    const seen = twiceDeployed();
    writeFileSync(file, configuration);
    await expect(back(seen)).rejects.toThrow(told);
    expect([changes(seen), text()]).toEqual([[], configuration]);
    expect(() => releasePin({ ...project, config: { [key]: "{" } }, "shop", "api")).toThrow(told);
  });

  test("a file that nobody may write", async () => {
    const seen = twiceDeployed();
    chmodSync(file, 0o444);
    await expect(back(seen)).rejects.toThrow(
      /^FL2807 api can't be pinned in .*Pulumi\.shop\.yaml: nobody may write it\. Nothing was changed\.\nfix: /,
    );
    chmodSync(file, 0o644);
    expect([changes(seen), text()]).toEqual([[], configuration]);
  });

  test("a folder that takes no file, and a file that was spoilt while somebody read what would happen", async () => {
    const seen = twiceDeployed();
    const { carryOut } = await back(seen);
    mkdirSync(`${file}.new`);
    await expect(carryOut()).rejects.toThrow(/^FL2807 .*EISDIR/);
    rmSync(`${file}.new`, { recursive: true });
    writeFileSync(file, "config: [");
    await expect(carryOut()).rejects.toThrow(/FL2807/);
    expect(changes(seen)).toEqual([]);
  });
});

test.each<[what: string, before: string | undefined, after: string]>([
  ["that is not there", undefined, pinned.replace(configuration, "config:\n")],
  ["that is empty", "config:\nencryptionsalt: v1:x\n", `${pinned.replace(configuration, "config:\n")}encryptionsalt: v1:x\n`],
  [
    "whose pins `pulumi config set` wrote",
    `config:\n  fairlead:pinnedImages: '{"web":{"tag":"1","digest":"sha256:1"}}' # incident\n`,
    `config:\n  fairlead:pinnedImages: # incident\n    web:\n      tag: "1"\n      digest: sha256:1\n${pinned.slice(pinned.indexOf("    api:"))}`,
  ],
  [
    "as nobody's formatter leaves it",
    "config:\r\n    aws:region:   'eu-west-1'   # where\r\n\r\n\r\n    fairlead:list:\r\n    - a\r\n    fairlead:o: 0777\r\n",
    `config:\r\n    aws:region:   'eu-west-1'   # where\r\n\r\n\r\n    fairlead:list:\r\n    - a\r\n    fairlead:o: 0777\r\n    fairlead:pinnedImages:\r\n        api:\r\n            tag: ${old.tag}\r\n            digest: ${old.digest}\r\n`,
  ],
])("a pin goes into a configuration %s, and changes nothing else", async (_, before, after) => {
  const seen = twiceDeployed();
  if (before === undefined) rmSync(file);
  else writeFileSync(file, before);
  await (await back(seen)).carryOut();
  expect([text(), existsSync(`${file}.new`)]).toEqual([after, false]);
});

test("a link stays one, and the file has the rights that it had", async () => {
  const target = join(folder, "elsewhere.yaml");
  writeFileSync(target, configuration);
  chmodSync(target, 0o640);
  rmSync(file);
  symlinkSync(target, file);
  await (await back(twiceDeployed())).carryOut();
  expect([lstatSync(file).isSymbolicLink(), statSync(target).mode & 0o777, readFileSync(target, "utf8")]).toEqual([true, 0o640, pinned]);
  rmSync(file);
});

test("where ECS refuses, nothing is pinned", async () => {
  const seen = twiceDeployed();
  const { carryOut } = await back(seen);
  seen.account.deny(["ecs:UpdateService"]);
  await expect(carryOut()).rejects.toThrow();
  expect([text(), existsSync(`${file}.new`)]).toEqual([configuration, false]);
});
