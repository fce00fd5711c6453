import type { AnyNode } from "acorn";

/** Follows what is evaluated for sure, as a file is loaded. */
export class Evaluation {
  /** What `require` is called with. */
  readonly specifiers: string[] = [];
  /** What `import()` is awaited of. */
  readonly imported: string[] = [];
  /** Variables that are read. */
  readonly variables = new Set<string>();

  /** @returns whether what follows is evaluated as well */
  statements(body: readonly AnyNode[]): boolean {
    // Hoisted: no call before it is Node's own.
    if (body.some((statement) => declaresRequire(statement) && !makesOwnRequire(statement))) return false;
    return body.every((statement) => this.statement(statement));
  }

  private statement(node: AnyNode): boolean {
    switch (node.type) {
      case "ExpressionStatement":
        this.expression(node.expression);
        return !assignsRequire(node.expression) && !mayLeave(node.expression);
      case "VariableDeclaration":
        for (const { init } of node.declarations) this.expression(init);
        return !node.declarations.some(({ init }) => init && mayLeave(init));
      case "ExportNamedDeclaration":
        return !node.declaration || this.statement(node.declaration);
      case "ExportDefaultDeclaration":
        this.expression(node.declaration);
        return !mayLeave(node.declaration);
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
      case "Identifier":
        this.variables.add(node.name);
        return;
      case "CallExpression": {
        if (node.optional) return this.expression(node.callee);
        const [first, second] = node.arguments;
        const specifier = node.callee.type === "Identifier" && node.callee.name === "require" && !second ? textOf(first) : undefined;
        if (specifier !== undefined) {
          this.specifiers.push(specifier);
          this.variables.add("require");
        } else [node.callee, ...node.arguments].forEach((part) => this.expression(part));
        return;
      }
      case "NewExpression":
        return [node.callee, ...node.arguments].forEach((part) => this.expression(part));
      case "MemberExpression":
        this.expression(node.object);
        return node.computed && !node.optional ? this.expression(node.property) : undefined;
      case "AssignmentExpression":
        if (node.left.type === "MemberExpression") this.expression(node.left);
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
        // `typeof` asks of what may not be there.
        return node.operator === "typeof" && node.argument.type === "Identifier" ? undefined : this.expression(node.argument);
      case "AwaitExpression": {
        const specifier = node.argument.type === "ImportExpression" && !node.argument.options ? textOf(node.argument.source) : undefined;
        if (specifier !== undefined) this.imported.push(specifier);
        return this.expression(node.argument);
      }
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

/** `const require = createRequire(import.meta.url)`, by which a module has a `require` that finds what CommonJS beside it would. */
function makesOwnRequire(node: AnyNode): boolean {
  if (node.type !== "VariableDeclaration" || node.declarations.length !== 1) return false;
  const { id, init } = node.declarations[0]!;
  if (id.type !== "Identifier" || init?.type !== "CallExpression" || init.arguments.length !== 1) return false;
  const callee = init.callee.type === "MemberExpression" ? init.callee.property : init.callee;
  const [from] = init.arguments;
  return (
    callee.type === "Identifier" &&
    callee.name === "createRequire" &&
    from!.type === "MemberExpression" &&
    from!.object.type === "MetaProperty" &&
    from!.property.type === "Identifier" &&
    from!.property.name === "url"
  );
}

function declaresRequire(node: AnyNode): boolean {
  if (node.type === "FunctionDeclaration") return node.id?.name === "require";
  return node.type === "VariableDeclaration" && node.declarations.some(({ id }) => names(id).includes("require"));
}

function assignsRequire(node: AnyNode): boolean {
  return node.type === "AssignmentExpression" && node.left.type === "Identifier" && node.left.name === "require";
}

/** Whether a branch, loop or expression may end the file's evaluation: it holds a `return`, one of its own or not, a call that ends Node, or waits. */
function mayLeave(node: AnyNode): boolean {
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const { type } = next as { type?: string };
    if (type === "ReturnStatement" || type === "AwaitExpression" || endsNode(next as AnyNode)) return true;
    if (type === "ForOfStatement" && (next as { await?: boolean }).await) return true;
    if (type && /Function/.test(type)) continue;
    waiting.push(...Object.values(next));
  }
  return false;
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

/** Whether a program declares a variable somewhere, in whatever scope. */
export function declares(program: AnyNode, name: string): boolean {
  const waiting: unknown[] = [program];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const node = next as AnyNode;
    if (node.type === "VariableDeclarator" && names(node.id).includes(name)) return true;
    if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && (node.id as { name: string } | null)?.name === name)
      return true;
    if (/^Import.*Specifier$/.test(node.type ?? "") && (node as { local: { name: string } }).local.name === name) return true;
    waiting.push(...Object.values(next));
  }
  return false;
}
