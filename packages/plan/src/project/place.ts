/** Where a stack is deployed to, as its configuration says. */
export interface Place {
  region: string;
  /** Accounts that it may go to: `aws:allowedAccountIds`. None where the credentials alone decide. */
  accountIds: string[];
}

export function placeOf(config: Readonly<Record<string, string>>): Place {
  return { region: config["aws:region"] ?? "us-east-1", accountIds: config["aws:allowedAccountIds"]?.match(/(?<!\d)\d{12}(?!\d)/g) ?? [] };
}
