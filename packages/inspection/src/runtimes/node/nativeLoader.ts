import type { AnyNode, BlockStatement, Expression, Program } from "acorn";

import { NativeAssignments } from "./nativeAssignments";
import { parsed, withinStack } from "./nodeImports";

type Statement = Program["body"][number];

/**
 * Whether a file of JavaScript fails as it is loaded, if none of the native files that it tries can be. Told by its form: a loader's call
 * (`node-gyp-build`, `bindings`, `node-pre-gyp`), a `.node` file, a `try` whose `catch` fails in its turn, or a `throw` where nothing was found.
 */
export function failsWithoutNative(text: string): boolean {
  if (!/\.node\b|node-gyp-build|bindings|node-pre-gyp/.test(text)) return false;
  const program = parsed(text, "script") ?? parsed(text, "module");
  return program !== undefined && (withinStack(() => new Loader(program, text).fails()) ?? false);
}

/** Follows what a loader surely does where no native file can be loaded. */
class Loader {
  private readonly assignments: NativeAssignments;

  constructor(
    private readonly program: Program,
    private readonly text: string,
  ) {
    this.assignments = new NativeAssignments(program, (node) => loadsNative(node, text));
  }

  fails(): boolean {
    return this.anyFails(this.program.body);
  }

  /** Statements one after the other: the first that fails ends them. */
  private anyFails(statements: readonly Statement[]): boolean {
    for (const statement of statements) {
      if (statement.type === "ReturnStatement") return false;
      if (this.statementFails(statement)) return true;
    }
    return false;
  }

  private statementFails(statement: Statement): boolean {
    switch (statement.type) {
      case "ThrowStatement":
        return true;
      case "BlockStatement":
        return this.anyFails(statement.body);
      case "ExpressionStatement":
        return loadsNative(statement.expression, this.text);
      case "VariableDeclaration":
        return statement.declarations.some(({ init }) => init && loadsNative(init, this.text));
      case "TryStatement":
        return this.tryFails(statement.block) && !!statement.handler && this.anyFails(statement.handler.body.body);
      case "IfStatement": {
        // `if (!binding) throw`, `if (binding) … else throw`: what was to be loaded is not there.
        const { test, consequent, alternate, start } = statement;
        const isNot = test.type === "UnaryExpression" && test.operator === "!";
        const name = isNot ? test.argument : test;
        const taken = isNot ? consequent : alternate;
        return name.type === "Identifier" && !!taken && throws(taken) && this.assignments.holdsNativeAlone(name.name, start);
      }
      default:
        return false;
    }
  }

  /** What a `try` does is to load a native file, in whatever way. */
  private tryFails({ body }: BlockStatement): boolean {
    return body.some(
      (statement) => this.statementFails(statement) || (statement.type === "ExpressionStatement" && isRequireOfName(statement.expression)),
    );
  }
}

/** `x = require(name)`: the name of a part for the platform, put together. */
function isRequireOfName(node: Expression): boolean {
  const call = node.type === "AssignmentExpression" ? node.right : node;
  if (call.type !== "CallExpression" || call.callee.type !== "Identifier" || call.callee.name !== "require") return false;
  return call.arguments[0]?.type !== "Literal";
}

function throws(statement: Statement): boolean {
  if (statement.type === "ThrowStatement") return true;
  return statement.type === "BlockStatement" && statement.body.some((inner) => inner.type === "ThrowStatement");
}

/** A call that fails where the native file isn't right, in an expression that is evaluated. */
function loadsNative(node: AnyNode, text: string): boolean {
  switch (node.type) {
    case "CallExpression": {
      const { callee } = node;
      const [first] = node.arguments;
      if (isRequire(callee)) {
        if (first?.type === "Literal") return /\.node$/.test(String(first.value));
        if (first?.type === "TemplateLiteral") return first.quasis.at(-1)!.value.raw.endsWith(".node");
        return first?.type === "Identifier" && text.includes("node-pre-gyp");
      }
      const loader = callee.type === "CallExpression" && isRequire(callee.callee) ? callee.arguments[0] : undefined;
      if (loader?.type === "Literal" && /^(node-gyp-build|bindings)$/.test(String(loader.value))) return true;
      return node.arguments.some((part) => loadsNative(part, text));
    }
    case "AssignmentExpression":
      return node.operator === "=" && loadsNative(node.right, text);
    case "MemberExpression":
      return loadsNative(node.object, text);
    case "SequenceExpression":
      return node.expressions.some((part) => loadsNative(part, text));
    default:
      return false;
  }
}

function isRequire(node: AnyNode): boolean {
  return node.type === "Identifier" && node.name === "require";
}
