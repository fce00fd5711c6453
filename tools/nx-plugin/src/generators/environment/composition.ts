import ts from "typescript";

import { renamed } from "./words";

/**
 * An environment's composition as another one's: the environment's name in its texts, and its function's name. What it imports stays, and so do its
 * comments.
 */
export function compositionOf(text: string, from: string, name: string): string {
  const file = ts.createSourceFile(`${from}.ts`, text, ts.ScriptTarget.Latest, true);
  const edits: { start: number; end: number; text: string }[] = [];
  const edit = (node: ts.Node, change: (text: string) => string) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    edits.push({ start, end, text: change(text.slice(start, end)) });
  };
  const visit = (node: ts.Node): void => {
    if (isModuleName(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      edit(node, (literal) => renamed(literal, from, name));
    if (ts.isFunctionDeclaration(node) && node.name?.text === identifierOf(from)) edit(node.name, () => identifierOf(name));
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

/** The name of an environment's function: in camel case, and no word of the language. */
function identifierOf(name: string): string {
  const identifier = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const { diagnostics = [] } = ts.transpileModule(`export default function ${identifier}() {}`, { reportDiagnostics: true });
  return diagnostics.length === 0 ? identifier : `${identifier}Environment`;
}
