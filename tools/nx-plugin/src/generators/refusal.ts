/** What a generator can't do, said to a person: nx prints it without offering a stack trace. Thrown before anything is written. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.stack = undefined;
  }
}
