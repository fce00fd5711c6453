import { interruption, lessProtected, routine, unreachable, type TypeSheets } from "./sheet";

/** Domain names, their certificates, and the names by which services find each other. */
export const names: TypeSheets = {
  "aws:acm/certificate:Certificate": {
    noun: "certificate",
    replaced: routine("A new one is issued first, and what uses the old one moves to it."),
    deleted: routine("AWS refuses while anything uses it."),
    replacedBy: [
      "certificateAuthorityArn",
      "domainName",
      "keyAlgorithm",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
    ],
    unasked: ["privateKeyWo", "privateKeyWoVersion"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    noun: "certificate validation",
    replaced: routine("It only waits until the certificate is issued."),
    deleted: routine("It only waits until the certificate is issued; nothing in AWS goes."),
    replacedBy: ["certificateArn", "validationRecordFqdns"],
    taggable: false,
    pricing: "free",
  },
  "aws:route53/zone:Zone": {
    noun: "DNS zone",
    replaced: unreachable("Another zone with other name servers: until the domain names those, no name in it is answered."),
    deleted: unreachable("No name in it is answered any more."),
    replacedBy: ["delegationSetId", "name"],
    unasked: ["enableAcceleratedRecovery"],
    taggable: true,
    pricing: "unknown",
  },
  "aws:route53/record:Record": {
    settingOf: "zoneId",
    noun: "DNS record",
    replaced: unreachable("The old name is no longer answered."),
    deleted: unreachable("Its name is no longer answered."),
    lossWith: (inputs, operation) => {
      if (!isProof(inputs)) {
        if (String(inputs.type).toUpperCase() === "CAA") return lessProtected("Any authority may issue certificates for its name.");
        return isForProgramsAlone(inputs)
          ? interruption("Whoever asks for it finds none: mail servers, or a service that wants a proof.")
          : undefined;
      }
      return operation === "delete"
        ? interruption("The certificate that it proves is not renewed.")
        : routine("The proof of a certificate; ACM asks for the same one in the same account.");
    },
    replacedBy: ["name", "zoneId"],
    taggable: false,
    pricing: "estimated",
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    noun: "private DNS namespace",
    replaced: unreachable("No service finds another by name until all have registered again."),
    deleted: unreachable("No service finds another by name."),
    replacedBy: ["name", "vpc"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:servicediscovery/service:Service": {
    noun: "Cloud Map service",
    replaced: interruption("Callers don't find the service by name until its tasks have registered again."),
    deleted: interruption("Callers no longer find the service by name."),
    partOf: "dnsConfig",
    replacedBy: [
      "dnsConfig.dnsRecords.type",
      "dnsConfig.namespaceId",
      "dnsConfig.routingPolicy",
      "healthCheckConfig.type",
      "healthCheckCustomConfig",
      "name",
      "namespaceId",
      "type",
    ],
    taggable: true,
    pricing: "free",
  },
};

/**
 * Whether a record is what ACM asks for as a proof: no client asks for its name.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function isProof({ name, records }: Readonly<Record<string, unknown>>): boolean {
  const text = JSON.stringify([name, records]);
  return /#(domainValidationOptions|resourceRecordName)/.test(text) || /\.acm-validations\.aws\.?"/.test(text);
}

/** Whether no client connects by a record: it is a text, or what a service asks for at a name of its own, such as `_dmarc` or `s1._domainkey`. */
export function isForProgramsAlone({ name, type }: Readonly<Record<string, unknown>>): boolean {
  const kind = String(type).toUpperCase();
  return kind === "TXT" || kind === "SPF" || (kind === "CNAME" && /(^|\.)_/.test(String(name)));
}
