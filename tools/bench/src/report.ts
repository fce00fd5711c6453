import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium } from "@fairlead/browser";

import { generateServices } from "./services";

const root = resolve(__dirname, "../../..");

/** Times how long Chromium takes to open the report of a stack and to filter it: to the frame that shows the answer. */
export async function benchReport(scratch: string, services: number, runs: number): Promise<void> {
  const apps = join(scratch, "apps", String(services));
  mkdirSync(scratch, { recursive: true });
  generateServices(apps, services);
  const pages = [
    { name: "everything", file: join(scratch, "everything.html"), args: ["everything"] },
    {
      name: `${services} services`,
      file: join(scratch, "services.html"),
      args: ["--config", `appsDirectory=${relative(root, apps)}`, "--config", "loadBalancerRules=5000"],
    },
  ];
  const browser = await launchChromium();
  console.log(`Chromium ${browser.version()}, the slowest of ${runs} runs`);
  try {
    for (const { name, file, args } of pages) {
      const command = ["tools/fairlead/bin/fairlead.js", "preview", ...args, "--html", file];
      const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
      if (status !== 0) throw new Error(stderr);
      const [opened, filtered]: [number[], number[]] = [[], []];
      for (let run = 0; run < runs; run++) {
        const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
        const started = performance.now();
        await page.goto(pathToFileURL(file).href);
        await page.waitForSelector(".pane .details h2");
        await page.evaluate(nextFrame);
        opened.push(performance.now() - started);
        for (const words of ["service-5", "queue", "service-77", "ecs/service", "checkout", ""])
          filtered.push(await page.evaluate(filter, words));
        await page.close();
      }
      const size = (statSync(file).size / 1e6).toFixed(1);
      console.log(
        `${name}: ${size} MB, opens in ${(Math.max(...opened) / 1000).toFixed(2)} s, filters in ${Math.max(...filtered).toFixed(0)} ms`,
      );
    }
  } finally {
    await browser.close();
  }
}

// These two run in the page: they know nothing of what is around them here.
const nextFrame = "new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))";
const filter = new Function(
  "words",
  `const search = document.getElementById("search");
   search.value = words;
   const started = performance.now();
   search.dispatchEvent(new Event("input"));
   return ${nextFrame}.then(() => performance.now() - started);`,
) as (words: string) => Promise<number>;
