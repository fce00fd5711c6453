/** Why a text can't be changed at a place. */
export class RefusedEdit extends Error {
  constructor(
    message: string,
    /** Offset in the text. */
    readonly offset: number,
  ) {
    super(message);
  }
}
