import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { configurationFile } from "@fairlead/model";
import type { Project } from "@fairlead/plan";
import { parseDocument, type Document } from "yaml";

import { linkPackages } from "../commits/linkPackages";
import { git, workspaceOf } from "../commits/worktree";
import { smokeTag } from "./smokeTag";

const author = ["-c", "user.name=fairlead smoke", "-c", "user.email=smoke@fairlead.invalid", "-c", "commit.gpgsign=false"];

/** A clone of the last commit in a temporary folder, whose files the steps change: the user's are left as they are. */
export class Clone {
  private constructor(
    /** Folder of everything that the run needs; removed with it. */
    readonly temporary: string,
    /** Folder of the Pulumi project. */
    readonly project: string,
    /** Folder of the stacks' configuration. */
    readonly configFolder: string,
    /** The workspace. */
    readonly workspace: string,
  ) {}

  /** Clones the repository of a project, with the packages that are installed there and the stack's configuration as it is now. */
  static make(project: Project, stack: string): Clone {
    const root = workspaceOf(project.root);
    const temporary = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-smoke-")));
    const repository = join(temporary, "repository");
    git(root, "clone", "--quiet", "--no-checkout", git(root, "rev-parse", "--show-toplevel"), repository);
    git(repository, "checkout", "--quiet", "--detach", git(root, "rev-parse", "HEAD"));
    const workspace = join(repository, git(root, "rev-parse", "--show-prefix"));
    linkPackages(root, workspace);
    const inClone = (folder: string) => join(workspace, relative(root, folder));
    const clone = new Clone(temporary, inClone(project.root), inClone(project.configFolder), workspace);
    // `pulumi stack init` writes the salt of the stack's secrets to it, and nobody may have committed that yet.
    cpSync(join(project.configFolder, configurationFile(stack)), join(clone.configFolder, configurationFile(stack)));
    return clone;
  }

  /** Gives all that the stack makes the tag of the run. */
  tag(stack: string, id: string): void {
    this.editYaml(join(this.configFolder, configurationFile(stack)), (document) => {
      const { config } = document.toJS() as { config?: Record<string, unknown> };
      const given = config?.["aws:defaultTags"];
      const { tags, ...others } = (typeof given === "string" ? JSON.parse(given) : (given ?? {})) as { tags?: Record<string, string> };
      document.setIn(["config", "aws:defaultTags"], document.createNode({ ...others, tags: { ...tags, [smokeTag]: id } }));
    });
    this.commit("The tag of the smoke run");
  }

  editYaml(file: string, change: (document: Document) => void): void {
    const document = parseDocument(readFileSync(file, "utf8"));
    change(document);
    writeFileSync(file, document.toString({ lineWidth: 0 }));
  }

  /** Images are named by the commit that they are built from, so each change is one. */
  commit(message: string): void {
    git(this.workspace, "add", "--all");
    git(this.workspace, ...author, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message);
  }

  /** Goes back to the commit before, as somebody does who takes a version back. */
  takeBack(): void {
    git(this.workspace, "reset", "--quiet", "--hard", "HEAD~1");
  }

  remove(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }
}
