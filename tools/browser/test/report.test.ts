import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { plansOf, reportOfLastCommit } from "@fairlead/cli/testing/changes";
import { FixtureRepository } from "@fairlead/cli/testing/fixtureRepository";
import { runCommand } from "@fairlead/cli/testing/runCommand";
import { renderHtml } from "@fairlead/report";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";

import { launchChromium } from "../src/chromium";
import { manyServices } from "./manyServices";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const repository = new FixtureRepository();
const folder = mkdtempSync(join(tmpdir(), "fairlead-browser-"));

let browser: Browser;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await launchChromium();
  await runCommand(repository.folder, "preview", "staging", "--html", join(folder, "stack.html"));
  await runCommand(resolve(__dirname, "../../.."), "preview", "everything", "--html", join(folder, "everything.html"));
  writeFileSync(join(folder, "many.html"), await renderHtml(manyServices()));
  await writeChange();
});
afterAll(async () => {
  await browser?.close();
  repository.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A change of a database, and of services. */
async function writeChange(): Promise<void> {
  const changed = new FixtureRepository(repository);
  const before = await plansOf(repository, ["prod", "dev"]);
  changed.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));
  changed.git("rm", "-rq", "apps/report-writer");
  changed.edit("stacks/data.ts", (text) =>
    text.replace("postgres({ minCapacity: 0.5,", 'postgres({ databaseName: "people", minCapacity: 0.5,'),
  );
  changed.commit("A change");
  writeFileSync(join(folder, "change.html"), await renderHtml(await reportOfLastCommit(changed, before)));
  changed.remove();
}

async function open(file: string): Promise<void> {
  problems = [];
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => !/^(file|data|blob):/.test(request.url()) && problems.push(`a request to ${request.url()}`));
  await page.goto(pathToFileURL(join(folder, file)).href);
  await page.waitForSelector(".pane .details h2");
}
afterEach(async () => {
  expect(problems).toEqual([]);
  await page.close();
});

const visibleRows = () => page.locator(".row:not([hidden]) .name").allTextContents();

describe("the page of a stack, from file://", () => {
  beforeEach(() => open("stack.html"));

  test("draws the way of requests, from the internet to data, in the size of text", async () => {
    const kinds = await page.locator(".node").evaluateAll((nodes) => [...new Set(nodes.map((node) => node.classList[1]))]);
    expect(kinds.sort()).toEqual(["data", "edge", "internet", "loadBalancer", "service"]);
    expect(await page.locator("path.way").count()).toBe(8);
    const [first, last] = [await page.locator(".node.internet").boundingBox(), await page.locator(".node.data").last().boundingBox()];
    expect(first!.x).toBeLessThan(last!.x);
    expect(first!.x).toBeGreaterThan(280);
  });

  test("filters as one types, list and picture alike, and Escape takes it back", async () => {
    const all = (await visibleRows()).length;
    await page.keyboard.press("/");
    await page.keyboard.type("report-w");
    expect(await visibleRows()).toEqual(["report-writer"]);
    expect(await page.locator(".filters .count").textContent()).toBe(`1 of ${all}`);
    expect(await page.locator(".node.service").allInnerTexts()).toEqual([expect.stringContaining("report-writer")]);
    await page.keyboard.press("Escape");
    expect((await visibleRows()).length).toBe(all);
  });

  test("is gone through by keyboard: list, details, picture", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("web");
    await page.keyboard.press("Tab");
    await page.locator('.row[tabindex="0"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".pane h2:has-text('web')");
    expect(await page.locator(".node.chosen").count()).toBe(1);
    await page.locator('.diagram [tabindex="0"]').focus();
    const focused = () => page.locator(".node:focus");
    const left = async () => (await focused().boundingBox())!.x;
    const first = await left();
    await page.keyboard.press("ArrowRight");
    const second = await left();
    expect(second).toBeGreaterThan(first);
    await page.keyboard.press("ArrowLeft");
    expect(await left()).toBeLessThan(second);
    await page.keyboard.press("ArrowRight");
    const name = (await focused().locator(".label").textContent())!;
    await page.keyboard.press("Enter");
    await page.waitForSelector(`.pane h2:has-text("${name}")`);
    expect(await page.locator(".node.chosen .label").allTextContents()).toContain(name);
  });

  test("shows a service's images with platforms, costs, policies and each resource's inputs", async () => {
    await page.locator(".row", { hasText: "report-writer" }).click();
    await page.waitForSelector(".pane h2:has-text('report-writer')");
    const text = await page.locator(".pane").innerText();
    expect(text).toMatch(/built for linux\/arm64, ✓ runs on ARM64/);
    expect(text).toMatch(/1 task of 0\.25 vCPU/);
    expect(text).toMatch(/unknown \(ingestedGiB is not declared\)/);
    expect(text).toMatch(/ECR\.5[^]*Excepted:/);
    const resource = page.locator(".resource", { hasText: "aws:ecs/taskDefinition:TaskDefinition" });
    await resource.locator("summary").first().click();
    await resource.locator(".inputs > summary").click();
    expect(await resource.locator("pre").innerText()).toContain('"containerDefinitions": [');
  });

  test("is dark where the system is, and switches", async () => {
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await background()).toBe("rgb(13, 17, 23)");
    await page.locator("button.theme").click();
    expect(await background()).toBe("rgb(255, 255, 255)");
  });
});

/** What is wrong with how the page looks: too small, too wide, behind something else. */
async function flaws(): Promise<string[]> {
  return page.evaluate<string[]>(look);
}

// Runs in the page: it knows nothing of what is around it here.
const look = `(() => {
  const found = [];
  for (const text of document.querySelectorAll(".node .label, .node .kind"))
    if (parseFloat(getComputedStyle(text).fontSize) < 12) found.push("small: " + text.textContent);
  for (const name of document.querySelectorAll(".node .label"))
    if (name.getBoundingClientRect().height < 14) found.push("drawn small: " + name.textContent);
  for (const part of document.querySelectorAll("html, body, main, .side, .list, figure, .diagram, .pane"))
    if (part.scrollWidth > part.clientWidth) found.push("too wide: " + (part.className || part.tagName));
  const boxes = [...document.querySelectorAll(".node")].map((box) => box.getBoundingClientRect());
  const columns = [...new Map(boxes.map((box) => [box.left, box])).values()];
  const origin = document.querySelector(".drawing svg").getBoundingClientRect();
  for (const way of document.querySelectorAll("path.way")) {
    const length = way.getTotalLength();
    for (let at = 0; at <= length; at += 12) {
      const point = way.getPointAtLength(at), x = point.x + origin.x, y = point.y + origin.y;
      if (!columns.some((box) => x > box.left + 1 && x < box.right - 1)) continue;
      if (boxes.some((box) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1)) {
        found.push("behind a box: " + way.getAttribute("d"));
        break;
      }
    }
  }
  return found;
})()`;

describe.each([
  [1280, 800],
  [1920, 1080],
])("at %i × %i", (width, height) => {
  test.each(["everything.html", "change.html", "many.html"])(
    "%s is readable as it is: no small text, no line behind a box",
    async (file) => {
      await open(file);
      await page.setViewportSize({ width, height });
      for (const scope of [undefined, ...(await page.locator(".scopes button").allTextContents())]) {
        if (scope) await page.getByRole("button", { name: scope, exact: true }).click();
        expect({ scope, flaws: await flaws() }).toEqual({ scope, flaws: [] });
      }
    },
  );
});

test.each(["light", "dark"] as const)("nobody is kept out, %s: contrast, names, roles, targets, by WCAG 2.2 AA", async (colorScheme) => {
  for (const file of ["everything.html", "change.html"]) {
    await open(file);
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const run = async () => (await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(rules)} })`)).violations;
    expect(await run()).toEqual([]);
    await page.locator(".row").first().click();
    await page.waitForSelector(".back");
    expect(await run()).toEqual([]);
    if (file !== "change.html") await page.close();
  }
});

describe("the page of hundreds of services", () => {
  beforeEach(() => open("many.html"));

  test("shows what changes, with what stands beside it, and everything when asked", async () => {
    const labels = () => page.locator(".node .label").allTextContents();
    expect(await labels()).toContain("service-7");
    expect((await labels()).length).toBeLessThan(10);
    await page.getByRole("button", { name: "Overview" }).click();
    expect(await labels()).toEqual(expect.arrayContaining(["service-7", "99 services of payments", "100 services of search"]));
    await page.locator(".node.folded", { has: page.locator(".label", { hasText: "payments" }) }).click();
    expect((await labels()).length).toBeGreaterThan(100);
    await page.getByRole("button", { name: "Everything" }).click();
    expect((await labels()).length).toBeGreaterThan(300);
  });

  test("finds a service that is in no box of its own, whatever is shown", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("service-123");
    expect(await page.locator(".node .label").allTextContents()).toContain("service-123");
    await page.keyboard.press("Escape");
    expect(await page.locator(".node .label").allTextContents()).toContain("service-7");
  });
});

describe("the page of a change", () => {
  beforeEach(() => open("change.html"));

  test("tells dangers first, colours what changes, and filters by operation", async () => {
    const text = await page.locator(".pane").innerText();
    expect(text).toMatch(/replaces database cluster accounts, forced by databaseName/);
    expect(text).toMatch(/api: memory 512 → 1024 MiB|removes Service report-writer/);
    expect(await page.locator(".node.delete.service").count()).toBe(1);
    expect(await page.locator(".node.replace.data").count()).toBe(1);
    await page.locator("label.delete input").check();
    expect(await visibleRows()).toContain("report-writer");
    expect(await visibleRows()).not.toContain("web");
  });

  test("shows each difference, and which forces a replacement", async () => {
    await page.locator(".row", { hasText: "accounts" }).filter({ hasText: "Postgres" }).click();
    const row = page.getByRole("row", { name: /^databaseName/ });
    expect(await row.innerText()).toMatch(/databaseName replaces it\s+accounts\s+people/);
  });

  test("has a tab for each stack", async () => {
    await page.getByRole("tab", { name: "dev" }).click();
    await page.waitForSelector(".pane h2:has-text('dev')");
    expect(await page.locator(".pane").innerText()).toMatch(/api: memory 512 → 1024 MiB/);
  });
});

test("nothing of a plan becomes markup or code", async () => {
  const planted = '</script><img src=x onerror="document.title=1"><script>document.title=2</script>';
  const html = readFileSync(join(folder, "stack.html"), "utf8");
  const data = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(html)![1]!;
  const value = JSON.parse(data) as { title: string; stacks: { stack: string; services: string[]; areas: { name: string }[] }[] };
  value.title = planted;
  value.stacks[0]!.services = [planted];
  for (const area of value.stacks[0]!.areas) area.name = planted;
  writeFileSync(
    join(folder, "planted.html"),
    html.replace(data, () => JSON.stringify(value).replace(/</g, "\\u003c")),
  );
  await open("planted.html");
  expect(await page.title()).not.toMatch(/^[12]$/);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("h1").textContent()).toBe(planted);
});
