import { randomUUID } from "node:crypto";
import { launchChromium } from "@fairlead/browser";

/** The load balancer of an environment that runs. */
const address = process.env.FAIRLEAD_URL;
/** Longer than the queue's visibility timeout: what a worker had taken as it was stopped comes back after that. */
const reportTimeoutMs = 150_000;

let browser: Awaited<ReturnType<typeof launchChromium>>;
beforeAll(async () => {
  if (!address)
    throw new Error("FAIRLEAD_URL is not set: expected the address of an environment that runs, such as http://127.0.0.1:8080.");
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test("whoever opens the page sees the users, asks for a report, and finds it in the list", async () => {
  const page = await browser.newPage();
  await page.goto(address!);
  expect(await page.getByRole("region", { name: "Users" }).getByRole("listitem").allTextContents()).toEqual(
    expect.arrayContaining(["Ada Lovelace", "Grace Hopper"]),
  );

  const subject = `sales & <returns> ${randomUUID()}`;
  await page.getByLabel("Subject").fill(subject);
  await page.getByRole("button", { name: "Ask for a report" }).click();
  // The api answered 303, and the browser came back.
  await page.waitForURL(new URL("/", address).href);
  const reports = page.getByRole("region", { name: "Reports" }).getByRole("listitem");
  const asked = reports.filter({ hasText: subject });
  const deadline = Date.now() + reportTimeoutMs;
  while ((await asked.count()) === 0) {
    if (Date.now() > deadline) throw new Error(`"${subject}" is in no list after ${reportTimeoutMs} ms: see the log of report-writer.`);
    await page.waitForTimeout(500);
    await page.getByRole("link", { name: "Look again" }).click();
    await page.waitForLoadState();
  }
  expect(await reports.first().textContent()).toContain(subject);
  expect(Date.parse((await asked.locator("time").getAttribute("datetime"))!)).not.toBeNaN();
});
