import type * as pulumi from "@pulumi/pulumi";

import { resolved } from "./resolved";

/** One statement of an IAM or resource policy. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, pulumi.Input<string> | pulumi.Input<string>[]>;
  Action: string | string[];
  Resource?: pulumi.Input<string> | pulumi.Input<pulumi.Input<string>[]>;
  NotResource?: pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<string> | pulumi.Input<string>[]>>;
}

/** The JSON of a policy. A statement that comes to be about no resource is left out: IAM would refuse it. */
export function policyDocument(statements: pulumi.Input<pulumi.Input<Statement>[]>): pulumi.Output<string> {
  return resolved({ Statement: statements }).apply(({ Statement }) => {
    const about = (Statement as { Resource?: unknown }[]).filter(({ Resource }) => !(Array.isArray(Resource) && Resource.length === 0));
    return JSON.stringify({ Version: "2012-10-17", Statement: about });
  });
}

/** The trust policy of a role that one AWS service assumes, such as `ecs-tasks.amazonaws.com`. */
export function assumedBy(service: string): string {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** The resource policy statement that refuses whatever does not come over TLS. */
export function requireTls(action: string, resources: pulumi.Input<string>[]): Statement {
  return {
    Sid: "RefusePlainText",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
