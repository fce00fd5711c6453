type Document = Record<string, any>;

/** AWS's API of the account, asked as AWS's own services ask each other. */
export interface AccountAccess {
  /** A service that speaks JSON; a refusal is an answer with `__type`. */
  json(service: string, target: string, document: Document): Promise<Document>;
  /** A service that speaks XML. */
  query(service: string, parameters: Record<string, string>): Promise<string>;
}
