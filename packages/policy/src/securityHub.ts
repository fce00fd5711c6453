/** The page that says what a control of AWS Security Hub is for; undefined for those of ours. */
export function pageOf(control: string): string | undefined {
  if (control.startsWith("FL.")) return undefined;
  const [service, number] = control.toLowerCase().split(".");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}
