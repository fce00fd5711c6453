import { Type } from "@sinclair/typebox";

import { closed } from "./typebox";

const textOrList = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });

/** What the program may do in AWS besides what `uses` brings. */
export const permissions = Type.Array(
  Type.Object(
    {
      actions: Type.Array(Type.String({ pattern: "^[a-z0-9-]+:[A-Za-z0-9*?]+$" }), {
        description: "Actions of AWS's services, such as ses:SendEmail. Not *, which is all of them.",
        minItems: 1,
        uniqueItems: true,
      }),
      resources: Type.Array(Type.String({ pattern: "^(\\*$|arn:)" }), {
        description: "ARNs that they are for; * where AWS offers no resource to name.",
        minItems: 1,
        uniqueItems: true,
      }),
      conditions: Type.Optional(
        Type.Record(Type.String({ minLength: 1 }), Type.Record(Type.String({ minLength: 1 }), textOrList), {
          description: "When they are granted, by operator and key: { StringEquals: { aws:RequestedRegion: [eu-west-1] } }.",
        }),
      ),
    },
    closed,
  ),
  {
    description:
      "What the program may do in AWS besides what uses brings: statements of its task role. The rules of packages/policy judge them, as all roles.",
    minItems: 1,
  },
);
