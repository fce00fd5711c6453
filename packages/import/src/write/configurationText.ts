import type { Origin } from "./imported";
import type { StackNeeds } from "./stackNeeds";

/** Pulumi.<environment>.yaml. @param index which environment it is, for a range of its own */
export function configurationText(needs: StackNeeds, index: number, { regionComment }: Origin): string {
  const { cidrBlock, certificateArn, adopted, region = "us-east-1", accountId } = needs;
  const lines = [
    "config:",
    `  # ${regionComment}`,
    `  aws:region: ${yamlText(region)}`,
    ...(accountId
      ? ["  # The account that this stack may be deployed to, in quotes.", `  aws:allowedAccountIds: [${JSON.stringify(accountId)}]`]
      : [
          "  # The account that this stack may be deployed to, in quotes. Until it is named, the credentials alone decide.",
          '  # aws:allowedAccountIds: ["123456789012"]',
        ]),
    ...(certificateArn ? ["  # Of the load balancer.", `  fairlead:certificateArn: ${yamlText(certificateArn)}`] : []),
    ...(adopted
      ? []
      : [
          "  # Of the network; of each environment another. It is chosen once.",
          `  fairlead:cidrBlock: ${yamlText(cidrBlock ?? `10.${index}.0.0/16`)}`,
        ]),
    "",
  ];
  return lines.join("\n");
}

/** A text from elsewhere as a value of YAML: as it stands where it can be nothing else. */
function yamlText(text: string): string {
  return /^[a-z0-9][\w./:-]*\w$/i.test(text) && !/:$/.test(text) ? text : JSON.stringify(text);
}
