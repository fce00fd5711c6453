import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { serviceType } from "@fairlead/model";
import * as ts from "typescript";

export const root = resolve(__dirname, "../../..");

/** A component of a package: a class that is a Pulumi ComponentResource. */
export interface Component {
  /** Its source, relative to the repository. */
  file: string;
  /** Name of the package's folder. */
  package: string;
  name: string;
  /** Its type token. */
  type: string;
  /** The comment before it. */
  comment: string;
  /** Names of its constructor's parameters. */
  parameters: string[];
}

/** Every component of some packages. */
export function componentsOf(packages: readonly string[]): Component[] {
  return packages.flatMap((name) => sources(join(root, "packages", name, "src")).flatMap((file) => componentsIn(file, name)));
}

function componentsIn(file: string, packageName: string): Component[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement): Component[] => {
    if (!ts.isClassDeclaration(statement) || !statement.heritageClauses?.some((clause) => /ComponentResource/.test(clause.getText())))
      return [];
    const comment = source.text.slice(statement.getFullStart(), statement.getStart());
    const [, literal, constant] = /super\(\s*(?:"([^"]*)"|(serviceType)\b)/.exec(statement.getText()) ?? [];
    const type = constant ? serviceType : (literal ?? "");
    const parameters = statement.members.find(ts.isConstructorDeclaration)?.parameters.map((parameter) => parameter.name.getText()) ?? [];
    return [{ file: relative(root, file), package: packageName, name: statement.name!.text, type, comment, parameters }];
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
  });
}
