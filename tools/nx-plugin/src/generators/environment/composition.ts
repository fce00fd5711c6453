import { Script } from "node:vm";
import ts from "typescript";

import type { Place } from "./place";

/**
 * An environment's composition as another one's: the environment's name in its texts, and its function's name. What it imports stays, and so do its
 * comments.
 */
export function compositionOf(text: string, { from, name, rename }: Place): string {
  const file = ts.createSourceFile(`${from}.ts`, text, ts.ScriptTarget.Latest, true);
  const edits: { start: number; end: number; text: string }[] = [];
  const edit = (node: ts.Node, change: (text: string) => string) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    edits.push({ start, end, text: change(text.slice(start, end)) });
  };
  const [own, otherwise] = namesOf(name);
  const ownName = isFree(own) && !identifiersOf(file).has(own) ? own : otherwise;
  const visit = (node: ts.Node): void => {
    if (isModuleName(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) edit(node, rename);
    if (ts.isFunctionDeclaration(node) && node.name && namesOf(from).includes(node.name.text)) edit(node.name, () => ownName);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.reverse().reduce((whole, { start, end, text: part }) => whole.slice(0, start) + part + whole.slice(end), text);
}

/** The name of what is imported, exported from, or required. */
function isModuleName(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isStringLiteralLike(node)) return false;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  return (
    ts.isCallExpression(parent) &&
    (parent.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(parent.expression) && parent.expression.text === "require"))
  );
}

/** What an environment's function may be called: its name in camel case, and what it is where that can't be. */
function namesOf(environment: string): [name: string, otherwise: string] {
  const identifier = environment.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [identifier, `${identifier}Environment`];
}

function identifiersOf(file: ts.SourceFile): Set<string> {
  const identifiers = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return identifiers;
}

/** Whether a module can have a function of that name. */
function isFree(name: string): boolean {
  // What a module is compiled to has these, or TypeScript keeps them.
  if (["exports", "require", "undefined", "globalThis"].includes(name)) return false;
  try {
    // Only read, not run. In a module it is strict, and `await` a word as in what is asynchronous.
    return Boolean(new Script(`"use strict"; async () => { function ${name}() {} };`));
  } catch {
    return false;
  }
}
