import { parse, type AnyNode, type Program } from "acorn";

/** What a file of JavaScript surely loads, in order. */
export interface Imports {
  kind: "module" | "commonjs";
  specifiers: string[];
  /** Whether the text touches how modules are found, so that nothing is known of what is found. */
  changesResolution: boolean;
  /** Whether the text catches what nobody else does, so that a throw may not be the end. */
  survives: boolean;
  /** What the text may make as it runs: `files` of the program's own, or `anything`, packages as well. */
  makes: "nothing" | "files" | "anything";
}

const resolutionWords =
  /\b_load\b|prototype\.require|_resolveFilename|_initPaths|_nodeModulePaths|_extensions|require\.extensions|module\.paths|globalPaths|registerHooks|createRequire|NODE_PATH|\.pnp\./;

/** What makes files, and what may install packages or lead to them. */
const makingFiles =
  /\b(writeFile|appendFile|createWriteStream|copyFile|outputFile|outputJson|writeJson|cpSync|cp\(|copySync|copy\(|move\(|moveSync|rename|mkdir|ensureDir|extractAll|extract-zip|unzip|tar\.x)/i;
const makingAnything =
  /child_process|["'](esbuild|rollup|webpack|typescript|vite|@swc\/core|@babel\/core)["']|\b(symlink|execa|shelljs|cross-spawn|zx)\b|symlinkSync|ensureSymlink|ensureLink/;

function makes(text: string): Imports["makes"] {
  if (makingAnything.test(text)) return "anything";
  if (!makingFiles.test(text)) return "nothing";
  return text.includes("node_modules") ? "anything" : "files";
}

/**
 * What a file loads without a condition: static imports, and calls of `require` with a text that are evaluated as the file is. What stands in functions,
 * branches, loops and `try` is left out.
 *
 * @returns undefined for what can't be parsed
 */
export function importsOf(text: string): Imports | undefined {
  const program = parsed(text, "script") ?? parsed(text, "module");
  if (!program) return undefined;
  const facts = { changesResolution: resolutionWords.test(text), survives: /uncaughtException/i.test(text), makes: makes(text) };
  if (program.sourceType === "module") {
    const specifiers = program.body.flatMap((statement) =>
      (statement.type === "ImportDeclaration" ||
        statement.type === "ExportAllDeclaration" ||
        (statement.type === "ExportNamedDeclaration" && statement.source)) &&
      typeof statement.source?.value === "string"
        ? [statement.source.value]
        : [],
    );
    return { kind: "module", specifiers, ...facts };
  }
  const evaluation = new Evaluation();
  const isFollowed = withinStack(() => evaluation.statements(program.body));
  return isFollowed === undefined ? undefined : { kind: "commonjs", specifiers: evaluation.specifiers, ...facts };
}

/** Undefined for what is nested deeper than the stack. */
export function withinStack<T>(follow: () => T): T | undefined {
  try {
    return follow();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Undefined for what can't be parsed. */
export function parsed(text: string, sourceType: "script" | "module"): Program | undefined {
  try {
    return parse(text, { ecmaVersion: "latest", sourceType, allowHashBang: true, allowReturnOutsideFunction: sourceType === "script" });
  } catch {
    // Another kind of source, or one that is nested deeper than the stack.
    return undefined;
  }
}

/** Follows what is evaluated for sure. */
class Evaluation {
  readonly specifiers: string[] = [];

  /** @returns whether what follows is evaluated as well */
  statements(body: readonly AnyNode[]): boolean {
    // Hoisted: no call before it is Node's own.
    if (body.some(declaresRequire)) return false;
    return body.every((statement) => this.statement(statement));
  }

  private statement(node: AnyNode): boolean {
    switch (node.type) {
      case "ExpressionStatement":
        this.expression(node.expression);
        return !assignsRequire(node.expression) && !mayLeave(node.expression);
      case "VariableDeclaration":
        for (const { init } of node.declarations) this.expression(init);
        return true;
      case "BlockStatement":
        return this.statements(node.body);
      case "ReturnStatement":
      case "ThrowStatement":
        this.expression(node.argument);
        return false;
      case "IfStatement":
        this.expression(node.test);
        return !mayLeave(node);
      case "FunctionDeclaration":
      case "ClassDeclaration":
      case "EmptyStatement":
        return true;
      default:
        return !mayLeave(node);
    }
  }

  private expression(node: AnyNode | null | undefined): void {
    switch (node?.type) {
      case "CallExpression": {
        if (node.optional) return this.expression(node.callee);
        const [first, second] = node.arguments;
        const specifier = node.callee.type === "Identifier" && node.callee.name === "require" && !second ? textOf(first) : undefined;
        if (specifier !== undefined) this.specifiers.push(specifier);
        else [node.callee, ...node.arguments].forEach((part) => this.expression(part));
        return;
      }
      case "NewExpression":
        return [node.callee, ...node.arguments].forEach((part) => this.expression(part));
      case "MemberExpression":
        this.expression(node.object);
        return node.computed && !node.optional ? this.expression(node.property) : undefined;
      case "AssignmentExpression":
        if (node.operator === "=") this.expression(node.right);
        return;
      case "SequenceExpression":
        return node.expressions.forEach((part) => this.expression(part));
      case "BinaryExpression":
        this.expression(node.left);
        return this.expression(node.right);
      case "LogicalExpression":
        return this.expression(node.left);
      case "ConditionalExpression":
        return this.expression(node.test);
      case "UnaryExpression":
      case "AwaitExpression":
      case "SpreadElement":
        return this.expression(node.argument);
      case "ArrayExpression":
        return node.elements.forEach((element) => this.expression(element));
      case "ObjectExpression":
        return node.properties.forEach((property) => this.expression(property.type === "Property" ? property.value : property));
      case "TemplateLiteral":
        return node.expressions.forEach((part) => this.expression(part));
      default:
        return;
    }
  }
}

function textOf(node: AnyNode | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  return node?.type === "TemplateLiteral" && node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** `process.exit()`, under whatever name. */
function endsNode(node: AnyNode): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { property } = node.callee;
  return property.type === "Identifier" && ["exit", "reallyExit", "abort", "kill", "execve"].includes(property.name);
}

function declaresRequire(node: AnyNode): boolean {
  if (node.type === "FunctionDeclaration") return node.id?.name === "require";
  return node.type === "VariableDeclaration" && node.declarations.some(({ id }) => names(id).includes("require"));
}

/** Variables that a pattern sets. */
export function names(pattern: AnyNode): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => names(property.type === "Property" ? property.value : property.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? names(element) : []));
    case "AssignmentPattern":
      return names(pattern.left);
    case "RestElement":
      return names(pattern.argument);
    default:
      return [];
  }
}

function assignsRequire(node: AnyNode): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "Identifier" && node.left.name === "require";
}

/** Whether a branch, loop or expression may end the file's evaluation: it holds a `return`, one of its own or not, or a call that ends Node. */
function mayLeave(node: AnyNode): boolean {
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const { type } = next as { type?: string };
    if (type === "ReturnStatement" || endsNode(next as AnyNode)) return true;
    if (type && /Function/.test(type)) continue;
    waiting.push(...Object.values(next));
  }
  return false;
}
