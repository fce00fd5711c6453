import type { FileProblem } from "./files/fileProblem";
import { formatProblems } from "./files/formatProblems";

/** A mistake of the user's, on the command line or in a file of theirs, told in its message alone: a stack would say nothing more. */
export class UserError extends Error {
  /**
   * @param heading all there is to say, or what comes before the problems
   * @param problems what is wrong in files, all of it
   */
  constructor(
    private readonly heading: string,
    readonly problems: readonly FileProblem[] = [],
  ) {
    super(told(heading, problems));
    // Pulumi's engine and policy packs print the stack of whatever was thrown.
    this.stack = this.message;
  }

  /** The message, with its files named from a folder instead of from the one that the process runs in. */
  toldFrom(folder: string): string {
    return told(this.heading, this.problems, folder);
  }

  /** The message of what goes on without the file. */
  toldInPassing(folder: string): string {
    return told(this.heading, this.problems, folder, false);
  }
}

function told(heading: string, problems: readonly FileProblem[], folder?: string, ends?: boolean): string {
  return problems.length === 0 ? heading : `${heading}\n\n${formatProblems(problems, folder, ends)}`;
}
