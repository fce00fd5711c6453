/** What a file of Python surely imports as it is read. */
export interface PythonImport {
  /** `a.b`; with leading dots where it is relative. */
  module: string;
  /** `from a import x, y`: names that may be modules of `a`. */
  names: string[];
}

/** What changes where modules are found, or which. */
const resolutionWords =
  /^from\s+sys\s+import\b|^import\s+sys\s+as\b|\bsys\s*\.\s*(path|modules|meta_path|path_hooks)\b|addsitedir|__path__|declare_namespace|chdir\(/;
/** Packages that bring modules which no file tells of: of Java, of .NET, of C++, or compiled as they are imported. */
const inventing = /^(pyximport|jpype|clr|pythonnet|cppyy|hy|coconut|macropy|importhook|ideas)$/;
/** Calls at the left margin that neither end a program nor keep it for long. */
const passing =
  /^(load_dotenv|print|logging\.|warnings\.|sentry_sdk\.init|django\.setup|[\w.]*monkey_?patch|monkey\.patch_all|os\.(environ|putenv|umask|makedirs)|matplotlib\.use|nest_asyncio\.apply|locale\.|gc\.|signal\.signal|faulthandler\.|mimetypes\.|random\.seed|structlog\.|logger\.|log\.|dotenv\.|multiprocessing\.set_start_method|socket\.setdefaulttimeout|patch_all|setup_logging|configure_logging)/;
/** What may end a program, or keep it for long, in a block that is run or not. */
const leaving = /\b(exit|_exit|quit|abort|exec[lv]\w*|run\w*|main|serve\w*|start\w*|sleep|while)\b/;

/** What may make the modules that are imported later. */
const making =
  /\bshutil\.|\bsubprocess\.|^from\s+(shutil|subprocess)\s+import\b|\bos\.(system|popen|rename|renames|replace|symlink|link|exec|spawn|posix_spawn)|\bopen\([^)]*["'][rb+t]*[wax+]|mode\s*=\s*["'][rb+t]*[wax+]|write_(text|bytes)|symlink_to|\.rename\(|extractall|urlretrieve|\bpip\.(main|_internal)\b/;

/** Whether a text may make modules as it runs. */
export function makesModules(text: string): boolean {
  return linesOf(text).some((line) => making.test(line));
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}

/** A longer line is no source that a person wrote. */
const longestLine = 2000;

/**
 * Imports that stand at the left margin, before anything that could end the file early or change what follows. What stands in functions, branches and
 * `try` is left out.
 *
 * @returns undefined where the text does more with modules than import them
 */
export function pythonImports(text: string): PythonImport[] | undefined {
  const lines = linesOf(text);
  if (lines.some((line) => line.length > longestLine || resolutionWords.test(line))) return undefined;
  const imports: PythonImport[] = [];
  const first = lines.findIndex((line) => making.test(line));
  for (const statement of statementsOf(first < 0 ? lines : lines.slice(0, first))) {
    const plain = /^import\s+(.+)$/.exec(statement);
    const from = /^from\s+(\.*[\w.]*)\s+import\s+(.+)$/.exec(statement);
    if (plain) for (const part of plain[1]!.split(",")) imports.push({ module: moduleName(part), names: [] });
    else if (from) imports.push({ module: from[1]!, names: from[2]!.replace(/[()]/g, "").split(",").map(moduleName).filter(Boolean) });
    else if (mayLeave(statement)) break;
    if (imports.some(({ module }) => inventing.test(module.split(".")[0]!))) break;
  }
  return imports.every(({ module }) => /^[\w.]+$/.test(module)) ? imports : undefined;
}

/** Whether what follows may never come, or long after the program has begun its work. */
function mayLeave(statement: string): boolean {
  if (statement === leave || /^(raise|assert|while|with|async|exit|quit)\b/.test(statement)) return true;
  return /^[\w.]+\s*\(/.test(statement) && !passing.test(statement);
}

/** Stands for a block that may leave. */
const leave = "\0leave";

function moduleName(part: string): string {
  return part
    .trim()
    .split(/\s+as\s+/)[0]!
    .trim();
}

/** Logical lines at the left margin, without comments, texts of several lines, and what belongs to blocks. */
function statementsOf(lines: readonly string[]): string[] {
  const statements: string[] = [];
  let quote: string | undefined;
  let waiting = "";
  /** Whether the lines that are indented belong to something that is run as the file is. */
  let isRun = false;
  for (const line of lines) {
    if (quote) {
      const end = endOf(quote, line);
      if (end < 0) continue;
      quote = undefined;
      // What stands behind the end of a text of several lines is no import.
      const again = openQuote(line.slice(end + 3));
      quote = again;
      continue;
    }
    quote = openQuote(line);
    if (quote) {
      waiting = "";
      continue;
    }
    if (waiting) {
      waiting = `${waiting.replace(/\\$/, "")} ${withoutComment(line).trim()}`;
    } else if (/^\S/.test(line)) {
      waiting = withoutComment(line).trim();
      if (waiting !== "") isRun = !/^(def|class|async\s+def|@)\b|^@/.test(waiting);
      if (isRun && /^(if|elif|else|for|try|except|finally|match)\b.*:/.test(waiting) && leaving.test(waiting.replace(/^\w+/, "")))
        statements.push(leave);
    } else if (isRun && leaving.test(line.split("#")[0]!) && !/^\s+(from|import)\b/.test(line)) statements.push(leave);
    const isOpen = waiting.endsWith("\\") || (/^(from|import)\b/.test(waiting) && waiting.includes("(") && !waiting.includes(")"));
    if (isOpen || !waiting) continue;
    // A semicolon may stand in a text, or in the body of a block.
    const parts = /^(from|import)\b/.test(waiting) ? waiting.split(";") : [waiting];
    for (const statement of parts) statements.push(statement.trim());
    waiting = "";
  }
  return statements;
}

/** The quotes of a text that begins in a line and doesn't end in it. */
function openQuote(line: string): string | undefined {
  let at = 0;
  for (;;) {
    const found = /"""|'''|#|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/.exec(line.slice(at));
    if (!found || found[0] === "#") return undefined;
    at += found.index + found[0].length;
    if (found[0] !== '"""' && found[0] !== "'''") continue;
    const end = endOf(found[0], line, at);
    if (end < 0) return found[0];
    at = end + 3;
  }
}

/** Where a text of several lines ends, for what a backslash precedes doesn't end it; -1 if it doesn't. */
function endOf(quote: string, line: string, from = 0): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line.startsWith(quote, at)) return at;
  }
  return -1;
}

function withoutComment(line: string): string {
  return /^(from|import)\b/.test(line) || !line.includes("#") || /^[^"']*#/.test(line) ? line.split("#")[0]! : line;
}
