import { coded, UserError } from "@fairlead/model";

import { fitToPrint } from "../run/lastLines";

/** Images could not be built. @param output what Compose wrote */
export const notBuilt = (output: string, consequence = ""): UserError =>
  new UserError(coded("FL2703", [`docker compose build ended with an error.${consequence}`, ...lastWords(output)].join("\n")));

/** Containers could not be made or started. @param output what Compose wrote */
export const notStarted = (output: string): UserError =>
  new UserError(coded("FL2706", ["docker compose up ended with an error.", ...lastWords(output)].join("\n")));

/** Whether that is what an error is: some containers may be other ones by then. */
export const isNotStarted = (error: unknown): boolean => error instanceof UserError && error.message.startsWith("FL2706 ");

/** The last lines, below what is said of them. What Compose says of a line of the file of secrets may have that line's value. */
const lastWords = (output: string): string[] =>
  output
    .trim()
    .split("\n")
    .slice(-12)
    .map((line) => `  ${fitToPrint(line.replace(/(failed to read .*?: line \d+).*/, "$1"))}`);
