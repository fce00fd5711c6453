import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { FakeEcs } from "./fakeEcs";

/** A role, with its tags. */
interface Role {
  name: string;
  path: string;
  tags: Record<string, string>;
}

/** As much of AWS as `fairlead smoke` asks by itself: who this is, what has a tag, what became of it, and how ECS's deployments went. */
export class FakeAws {
  /** ARNs that have the tag, by region; a list is every region's. */
  tagged: string[] | Record<string, string[]> = [];
  roles: Role[] = [];
  /** State of a NAT gateway, an endpoint or a key, by its id; gone where there is none. */
  states: Record<string, string> = {};
  /** Whether it knows the credentials. */
  knows = true;
  ecs = new FakeEcs();
  private readonly server: Server = createServer(
    (request, response) =>
      void textOf(request).then((text) => {
        const { status = 200, body } = this.answer(request, text);
        response.writeHead(status, { "content-type": typeof body === "string" ? "text/xml" : "application/x-amz-json-1.1" });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      }),
  );

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer({ headers }: IncomingMessage, text: string): { status?: number; body: string | object } {
    const [service, operation] = String(headers["x-amz-target"] ?? "").split(".");
    if (service)
      return { body: this.json(service, operation!, JSON.parse(text) as Record<string, string>, regionOf(headers.authorization)) };
    const input = new URLSearchParams(text);
    if (!this.knows) return { status: 403, body: failure("InvalidClientTokenId", "The security token is invalid.") };
    return { body: this.xml(input.get("Action")!, input) };
  }

  private json(service: string, operation: string, input: Record<string, string>, region: string): object {
    if (service.startsWith("AmazonEC2ContainerService")) return this.ecs.answer(operation, input);
    if (service === "TrentService")
      return { KeyMetadata: { KeyId: input.KeyId, KeyState: this.states[idOf(input.KeyId!)], DeletionDate: 1_800_000_000 } };
    const arns = Array.isArray(this.tagged) ? this.tagged : (this.tagged[region] ?? []);
    return { ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) };
  }

  private xml(action: string, input: URLSearchParams): string {
    switch (action) {
      case "GetCallerIdentity":
        return result(action, "https://sts.amazonaws.com/doc/2011-06-15/", "<Account>123456789012</Account>");
      case "ListRoles": {
        const found = this.roles.filter(({ path }) => path.startsWith(input.get("PathPrefix")!));
        const members = found.map(({ name, path }) => `<member><RoleName>${name}</RoleName><Arn>${roleArn(path, name)}</Arn></member>`);
        return result(action, iam, `<IsTruncated>false</IsTruncated><Roles>${members.join("")}</Roles>`);
      }
      case "ListRoleTags": {
        const tags = Object.entries(this.roles.find(({ name }) => name === input.get("RoleName"))?.tags ?? {});
        const members = tags.map(([key, value]) => `<member><Key>${key}</Key><Value>${value}</Value></member>`);
        return result(action, iam, `<IsTruncated>false</IsTruncated><Tags>${members.join("")}</Tags>`);
      }
      case "DescribeNatGateways":
        return described(action, "natGatewaySet", this.states[input.get("Filter.1.Value.1")!]);
      case "DescribeVpcEndpoints":
        return described(action, "vpcEndpointSet", this.states[input.get("Filter.1.Value.1")!]);
      default:
        throw new Error(`nobody taught the fake ${action}`);
    }
  }
}

const iam = "https://iam.amazonaws.com/doc/2010-05-08/";
const roleArn = (path: string, name: string) => `arn:aws:iam::123456789012:role${path}${name}`;
const idOf = (arn: string) => arn.split("/").at(-1)!;

/** The region that a request was signed for. */
const regionOf = (authorization = "") => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? "";

const result = (action: string, namespace: string, content: string) =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${content}</${action}Result></${action}Response>`;

const described = (action: string, set: string, state: string | undefined) =>
  `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><${set}>${state ? `<item><state>${state}</state></item>` : ""}</${set}></${action}Response>`;

const failure = (code: string, message: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
