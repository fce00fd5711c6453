import { nounOf, type ResourceChange } from "@fairlead/changes";

import { lessProtected, worstOf } from "../arguments/judge";
import type { OneDanger } from "../danger";
import type { Around, CreationJudge } from "./around";
import { newConsumer } from "./consumers";
import { newAccessPoint, newDatabase, newSubscription } from "./data";
import { newDistribution, newListenerRule } from "./entries";
import { newPrivateZone } from "./privateZones";
import { newRecord } from "./records";
import { newRegistration } from "./registrations";
import { takenPlace } from "./takenPlaces";
import { newDefaultGroup, newEndpoint, newFirewall, newInternetGateway, newRoute } from "./ways";

/** What a new resource means for what stands beside it, by type: beyond what it says of what it is a setting of. */
const judges: Readonly<Record<string, CreationJudge>> = {
  "aws:route53/record:Record": newRecord,
  "aws:route53/zone:Zone": newPrivateZone,
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": newPrivateZone,
  "aws:ec2/route:Route": newRoute,
  "aws:ec2/internetGateway:InternetGateway": newInternetGateway,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": newDefaultGroup,
  "aws:ec2/vpcEndpoint:VpcEndpoint": newEndpoint,
  "aws:wafv2/webAclAssociation:WebAclAssociation": newFirewall,
  "aws:lb/listenerRule:ListenerRule": newListenerRule,
  "aws:cloudfront/distribution:Distribution": newDistribution,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": newRegistration,
  "aws:autoscaling/group:Group": newRegistration,
  "aws:ecs/service:Service": newRegistration,
  "aws:iam/rolePolicy:RolePolicy": newConsumer,
  "aws:rds/instance:Instance": newDatabase,
  "aws:rds/clusterInstance:ClusterInstance": newDatabase,
  "aws:efs/accessPoint:AccessPoint": newAccessPoint,
  "aws:sns/topicSubscription:TopicSubscription": newSubscription,
};

/** What a new resource changes for what was there before. */
export function createdBeside({ type, name, urn, operation, before, after }: ResourceChange, around: Around): OneDanger[] {
  if (!after || before || operation === "delete") return [];
  const isImported = after.options.import !== undefined && !around.isOurs(urn);
  const told = worstOf([judges[type]?.(after, around), takenPlace(after, around), isImported ? takenOver : undefined]);
  return told ? [{ ...told, verb: `${isImported ? "takes over" : "creates"} ${nounOf(type, after.inputs)}`, name, urn }] : [];
}

/**
 * It is there already, and whoever made it may go on to manage it.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/import/
 */
const takenOver = lessProtected(
  "It is there already: what the program says of it counts from then on, and it goes with this stack. If another stack has it as well, each `up` undoes the other's.",
);

export { aroundOf } from "./around";
