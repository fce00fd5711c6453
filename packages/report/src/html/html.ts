import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

import { isFailed, type ChangeReport } from "../report";
import type { PageData } from "./pageData";
import { stackData } from "./stackData";

const page = join(__dirname, "page");

/** A change as one HTML page that needs nothing else: no server, no network. */
export function renderHtml(report: ChangeReport, compares = true): string {
  const { project, from, to } = report;
  const data: PageData = {
    title: compares ? `${project}: ${from} → ${to}` : `${project}/${report.stacks.map(({ stack }) => stack).join(", ")}`,
    from,
    to,
    compares,
    stacks: report.stacks.map((stack) => (isFailed(stack) ? { stack: stack.stack, failure: stack.failure } : stackData(stack))),
  };
  const script = bundled();
  const hash = createHash("sha256").update(script).digest("base64");
  // The page's own script and nothing else: names and values of a plan can't become code.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(data.title)}</title>
<style>${readFileSync(join(page, "page.css"), "utf8")}</style>
</head>
<body>
<noscript>This report draws itself: allow its script.</noscript>
<script type="application/json" id="data">${JSON.stringify(data).replace(/</g, "\\u003c")}</script>
<script>${script}</script>
</body>
</html>
`;
}

function bundled(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(page, "main.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "inline",
    charset: "utf8",
  });
  return outputFiles[0]!.text.replace(/<\/script/g, "<\\/script").trim();
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
