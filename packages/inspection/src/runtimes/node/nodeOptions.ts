import { finding, type Finding } from "../../finding";
import type { OptionTable } from "../commandLine";
import { isSince } from "./nodeVersion";

/** The newest Node that was asked: of later ones nothing is said. */
const newest = 24;

/**
 * Options that people take from a newer Node's documents, and the versions that have them.
 *
 * @see https://nodejs.org/api/cli.html
 */
const late = new Map([
  ["--env-file", "20.6"],
  // 20.x got it later; which one isn't documented.
  ["--env-file-if-exists", "20.12 22.9"],
  ["--import", "18.18 19.0"],
  ["--disable-warning", "20.11 21.3"],
  ["--experimental-strip-types", "22.6"],
  ["--experimental-transform-types", "22.7"],
  ["--experimental-sqlite", "22.5"],
  ["--experimental-require-module", "20.17 22.0"],
  ["--inspect-wait", "20.15 22.2"],
  ["--permission", "22.13 23.5"],
  ["--run", "22.0"],
  ["--use-system-ca", "22.15 23.8"],
]);

/** What people write for an option of Node's, its users' or another tool's. Node 16 to 24 know none of them. */
const never = new Set(
  (
    "--max-old-space --max-old-space-size-mb --max-new-space-size --max-heap --max-memory --enable-source-map --enable-sourcemaps --no-warning " +
    "--production --prod --env --config --port --host --transpile-only --files --project --register --esm"
  ).split(" "),
);

/** Options of V8's whose value stands behind `=` alone. */
const withEquals = new Set(["--max-old-space-size"]);

/** What Node 16 to 24 don't take from NODE_OPTIONS. */
const notOfEnvironment = new Set(
  (
    "-e --eval -p --print -c --check -v --version -h --help -i --interactive -- --test --run --v8-options --env-file --prof --trace-gc " +
    "--optimize-for-size --gc-interval --es-staging --harmony"
  ).split(" "),
);

/**
 * An option that ends Node before it reads what it is to run.
 *
 * @param words behind `node`
 * @param version of Node; nothing is said where it isn't known
 */
export function optionProblem(
  words: readonly string[],
  { withValue, flags }: OptionTable,
  version: string | undefined,
): Finding | undefined {
  if (!isKnown(version)) return undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (!word.startsWith("-") || word === "-" || word === "--") return undefined;
    const why = whyRefused(word, version);
    if (why !== undefined) return refused(`node is given ${word}, ${why}: bad option`, version);
    const name = nameOf(word);
    if (withValue.has(name)) index += word.includes("=") ? 0 : 1;
    // What follows may be its value.
    else if (!flags.test(word)) return undefined;
  }
  return undefined;
}

/** The same for NODE_OPTIONS, which all programs of Node's take up: npm, and what scripts start. */
export function environmentOptionProblem(options: string | undefined, version: string | undefined): Finding | undefined {
  // Quotes and what is quoted may hold blanks.
  if (options === undefined || /["\\]/.test(options) || !isKnown(version)) return undefined;
  const words = options.split(" ").filter(Boolean);
  for (const [index, word] of words.entries()) {
    // The value of the option before it.
    if (!word.startsWith("-") && index > 0) continue;
    const why = notOfEnvironment.has(nameOf(word)) ? "which node takes on its command line alone" : whyRefused(word, version);
    if (why !== undefined) return refused(`NODE_OPTIONS has ${word}, ${why}: node ends before it reads anything`, version);
  }
  return undefined;
}

function isKnown(version: string | undefined): version is string {
  return version !== undefined && Number(version.split(".")[0]) <= newest;
}

/** Undefined for what is taken, or isn't known. */
function whyRefused(word: string, version: string): string | undefined {
  const name = nameOf(word);
  if (never.has(name)) return "which no version of Node has";
  if (withEquals.has(name) && !word.includes("=")) return "whose value has to stand behind =";
  const lines = late.get(name);
  return lines !== undefined && isSince(version, lines) === false ? `which Node ${version} has not` : undefined;
}

/** Node takes underscores for dashes. */
function nameOf(word: string): string {
  const name = word.split("=", 1)[0]!;
  return name.startsWith("--") ? name.replaceAll("_", "-") : name;
}

function refused(problem: string, version: string): Finding {
  return finding(
    "FL2147",
    problem,
    `Correct or remove it; \`node --help\` has the options of ${version}. What the program takes stands behind its file.`,
  );
}
