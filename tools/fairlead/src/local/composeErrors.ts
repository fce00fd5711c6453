import { coded, UserError } from "@fairlead/model";

import { fitToPrint } from "../run/lastLines";

/** Images could not be built. @param output what Compose wrote */
export const notBuilt = (output: string, consequence = ""): UserError =>
  new UserError(coded("FL2703", [`docker compose build ended with an error.${consequence}`, ...lastWords(output)].join("\n")));

/** Containers could not be made or started: some may be other ones by then. */
export class NotStarted extends UserError {
  /** @param output what Compose wrote */
  constructor(output: string) {
    super(coded("FL2706", ["docker compose up ended with an error.", ...lastWords(output)].join("\n")));
  }
}

/** The last lines, below what is said of them. What Compose says of the file of secrets may have a value of it. */
const lastWords = (output: string): string[] =>
  output
    .trim()
    .split("\n")
    .slice(-12)
    .map((line) => `  ${fitToPrint(line.replace(/(failed to read .*?\.env).*/, "$1"))}`);
