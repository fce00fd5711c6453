import { interruption, lessProtected, opened, routine, unreachable, type TypeSheets } from "./sheet";

/** CloudFront, and what filters requests. */
export const edge: TypeSheets = {
  "aws:cloudfront/distribution:Distribution": {
    noun: "CloudFront distribution",
    replaced: unreachable("Another domain name; up to a quarter of an hour until it answers everywhere."),
    deleted: unreachable("Its domain answers no more."),
    replacedBy: ["staging"],
    unasked: ["anycastIpListId", "cacheTagConfig", "connectionFunctionAssociation", "viewerMtlsConfig"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": {
    noun: "VPC origin",
    replaced: interruption("CloudFront turns to the new one once that is deployed, which takes minutes; AWS refuses to delete one in use."),
    deleted: interruption("CloudFront reaches nothing through it; AWS refuses while a distribution uses it."),
    replacedBy: [],
    taggable: true,
    pricing: "free",
  },
  "aws:wafv2/webAcl:WebAcl": {
    noun: "web ACL",
    replaced: lessProtected("Requests pass unfiltered until the new one is associated."),
    deleted: lessProtected("Requests pass unfiltered; AWS refuses while anything is associated with it."),
    replacedBy: ["name", "namePrefix", "scope"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    noun: "web ACL association",
    settingOf: "resourceArn",
    replaced: lessProtected("Requests pass unfiltered for a moment, and by another firewall's rules then."),
    deleted: opened("Requests pass unfiltered."),
    partOf: "resourceArn",
    replacedBy: ["resourceArn", "webAclArn"],
    taggable: false,
    pricing: "free",
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    settingOf: "resourceArn",
    noun: "web ACL logging",
    replaced: routine("Requests are not logged for a moment."),
    deleted: lessProtected("Requests are no longer logged. What was logged stays."),
    replacedBy: ["logDestinationConfigs", "resourceArn"],
    taggable: false,
    pricing: "estimated",
  },
};
