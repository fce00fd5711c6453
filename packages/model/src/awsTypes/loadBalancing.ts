import { interruption, noCapacity, routine, unreachable, type TypeSheets } from "./sheet";

/** Load balancers, and how they find what answers. */
export const loadBalancing: TypeSheets = {
  "aws:lb/loadBalancer:LoadBalancer": {
    noun: "load balancer",
    replaced: unreachable("Another DNS name. What points at the old one fails until it is changed, and open connections end."),
    deleted: unreachable("Nothing that it led to can be reached."),
    replacedBy: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    unasked: ["enablePrefixForIpv6SourceNat", "healthCheckLogs", "secondaryIpsAutoAssignedPerSubnet"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:lb/listener:Listener": {
    noun: "listener",
    replaced: interruption("Connections to its port are refused until the new one is there."),
    deleted: unreachable("Connections to its port are refused."),
    partOf: "loadBalancerArn",
    replacedBy: ["loadBalancerArn"],
    taggable: true,
    pricing: "free",
  },
  "aws:lb/listenerRule:ListenerRule": {
    noun: "listener rule",
    replaced: routine("Its requests fall to the listener's next rule for a moment."),
    // Who answers its requests then is computed from all rules (packages/changes/src/requests).
    deleted: routine("Its requests go to the next rule that fits or, where none does, to the listener's default action."),
    partOf: "listenerArn",
    replacedBy: ["listenerArn"],
    unasked: ["transforms"],
    taggable: true,
    pricing: "free",
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    noun: "certificate of a listener",
    replaced: interruption("Clients of its names are refused until the new one is there."),
    deleted: unreachable("Clients of its names refuse the listener's other certificate."),
    partOf: "listenerArn",
    replacedBy: ["certificateArn", "listenerArn"],
    taggable: false,
    pricing: "free",
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    noun: "target of a target group",
    replaced: interruption("Requests are led to it again once it is healthy."),
    deleted: interruption("Requests are no longer led to it."),
    partOf: "targetGroupArn",
    replacedBy: ["availabilityZone", "port", "quicServerId", "targetGroupArn", "targetId"],
    taggable: false,
    pricing: "free",
  },
  "aws:lb/targetGroup:TargetGroup": {
    noun: "target group",
    replaced: noCapacity(
      "The listener's rule turns to a new target group; nobody answers until tasks have registered there and are healthy.",
    ),
    deleted: interruption("Nothing forwards to its targets any more."),
    replacedBy: ["ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"],
    unasked: ["targetControlPort"],
    taggable: true,
    pricing: "free",
  },
};
