import type { AnyNode, Program } from "acorn";

import { names } from "./nodeEvaluation";

/** What a variable is set to, and where; undefined where it can't be told. */
interface Assigned {
  value: AnyNode | null | undefined;
  at: number;
}

/** Packages and files for one platform, as loaders name them. */
const forPlatform =
  /\.node$|[-./@](linux|darwin|win32|freebsd|android|openharmony)-(x64|arm|ia32|riscv|s390x|ppc|loong|universal)|\.wasi\.cjs$|wasm32-wasi|^napi-postinstall\/fallback$/;

/** What the variables of a file of JavaScript are set to, and what its functions return. */
export class NativeAssignments {
  private readonly assigned = new Map<string, Assigned[]>();
  private readonly returned = new Map<string, (AnyNode | null | undefined)[]>();
  private readonly bodies = new Map<string, AnyNode>();

  constructor(
    program: Program,
    /** Whether an expression loads a native file in another way. */
    private readonly loadsNative: (node: AnyNode) => boolean,
  ) {
    const waiting: { node: unknown; within?: string }[] = [{ node: program }];
    while (waiting.length > 0) {
      const { node, within } = waiting.pop()!;
      if (typeof node !== "object" || node === null) continue;
      const owner = Array.isArray(node) || !("type" in node) ? within : this.note(node as AnyNode, within);
      for (const child of Object.values(node)) waiting.push({ node: child, within: owner });
    }
  }

  /** Whether a variable is set by loading native files alone, of which one precedes: where none can be loaded it holds nothing. */
  holdsNativeAlone(name: string, before: number): boolean {
    const all = this.assigned.get(name) ?? [];
    const isOneBefore = all.some(({ value, at }) => at < before && value && !isNothing(value));
    return (
      isOneBefore &&
      this.areNative(
        all.map(({ value }) => value),
        new Set([name]),
      )
    );
  }

  /** @returns the function that what is in the node belongs to */
  private note(node: AnyNode, within: string | undefined): string | undefined {
    switch (node.type) {
      case "VariableDeclarator":
        this.assign(node.id, node.init, node.start);
        return isFunction(node.init) && node.id.type === "Identifier" ? this.enter(node.id.name, node.init!) : within;
      case "AssignmentExpression":
        this.assign(node.left, ["=", "||=", "??="].includes(node.operator) ? node.right : undefined, node.start);
        return within;
      case "ForOfStatement":
      case "ForInStatement": {
        const target = node.left.type === "VariableDeclaration" ? node.left.declarations[0]!.id : node.left;
        this.assign(target, undefined, node.start);
        return within;
      }
      case "FunctionDeclaration":
        return this.enter((node.id as { name: string } | null)?.name ?? "", node);
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        // One that is held by a variable was entered with its name.
        return within !== undefined && this.bodies.get(within) === node ? within : "";
      case "ReturnStatement":
        if (within) this.returned.get(within)?.push(node.argument);
        return within;
      default:
        return within;
    }
  }

  private enter(name: string, node: AnyNode): string {
    this.bodies.set(name, node);
    const isExpression = node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement";
    this.returned.set(name, [...(this.returned.get(name) ?? []), ...(isExpression ? [node.body] : [])]);
    return name;
  }

  private assign(target: AnyNode, value: AnyNode | null | undefined, at: number): void {
    const isPlain = target.type === "Identifier";
    for (const name of names(target)) {
      const all = this.assigned.get(name) ?? [];
      all.push({ value: isPlain ? value : undefined, at });
      this.assigned.set(name, all);
    }
  }

  private areNative(values: readonly (AnyNode | null | undefined)[], seen: Set<string>): boolean {
    return values.every((value) => value !== undefined && (isNothing(value) || this.isNative(value!, seen)));
  }

  private isNative(node: AnyNode, seen: Set<string>): boolean {
    switch (node.type) {
      case "CallExpression":
        return this.loadsNative(node) || this.isNativeCall(node.callee, node.arguments[0], seen);
      case "MemberExpression":
        return this.isNative(node.object, seen);
      case "LogicalExpression":
        return this.areNative([node.left, node.right], seen);
      case "ConditionalExpression":
        return this.areNative([node.consequent, node.alternate], seen);
      case "Identifier":
        return this.isNativeName(
          node.name,
          this.assigned.get(node.name)?.map(({ value }) => value),
          seen,
        );
      default:
        return false;
    }
  }

  private isNativeCall(callee: AnyNode, first: AnyNode | undefined, seen: Set<string>): boolean {
    if (callee.type === "CallExpression") return this.isNative(callee, seen);
    if (callee.type !== "Identifier") return false;
    if (callee.name === "require") return first?.type !== "Literal" || forPlatform.test(String(first.value));
    return this.isNativeName(callee.name, this.returned.get(callee.name), seen);
  }

  /** What is set to itself says nothing more. */
  private isNativeName(name: string, values: (AnyNode | null | undefined)[] | undefined, seen: Set<string>): boolean {
    if (seen.has(name)) return true;
    seen.add(name);
    return values !== undefined && values.length > 0 && this.areNative(values, seen);
  }
}

function isFunction(node: AnyNode | null | undefined): boolean {
  return node?.type === "FunctionExpression" || node?.type === "ArrowFunctionExpression";
}

/** No value at all, or one that stands for none. */
function isNothing(node: AnyNode | null): boolean {
  if (node === null) return true;
  if (node.type === "UnaryExpression") return node.operator === "void";
  return node.type === "Identifier" ? node.name === "undefined" : node.type === "Literal" && (node.value === null || node.value === false);
}
