import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

/** What {@link searchDomain} needs. */
interface SearchDomainArgs {
  vpcId: pulumi.Input<string>;
  domainName: string;
}

/** The DHCP options by which tasks of a VPC look for plain names in a domain. Returns their association, which tasks have to wait for. */
export function searchDomain(name: string, { vpcId, domainName }: SearchDomainArgs, parent: pulumi.Resource): pulumi.Resource {
  const options = new ec2.VpcDhcpOptions(name, { domainName, domainNameServers: ["AmazonProvidedDNS"] }, { parent });
  return new ec2.VpcDhcpOptionsAssociation(name, { vpcId, dhcpOptionsId: options.id }, { parent });
}
