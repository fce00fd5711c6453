import type { Facts } from "../facts";
import type { Told } from "./told";

export function interfaces(words: string, facts: Facts): Told {
  if (facts.gathered.subnets.some(({ AvailableIpAddressCount = 1 }) => AvailableIpAddressCount === 0)) return addresses(words, facts);
  return {
    cause: "network-interface-limit",
    certainty: "sure",
    problem: "no network interface could be had for the task in time",
    fix: "Look at the subnets' free addresses and at the quota of network interfaces; on EC2, at the instance type's own limit (or turn on awsvpcTrunking).",
    commands: ["aws service-quotas get-service-quota --service-code vpc --quota-code L-DF5E4CA3"],
  };
}

export function addresses(_words: string, facts: Facts): Told {
  const { subnets } = facts.gathered;
  const isAll = subnets.every(({ AvailableIpAddressCount = 1 }) => AvailableIpAddressCount < 2);
  const free = subnets.map(({ SubnetId, AvailableIpAddressCount }) => `${SubnetId}: ${AvailableIpAddressCount}`).join(", ");
  return {
    cause: "subnet-addresses",
    certainty: "sure",
    problem: `${isAll ? "the subnets have" : "a subnet has"} no address left${free ? ` (${free})` : ""}`,
    fix: "Give the environment larger subnets, or run fewer tasks in them.",
  };
}

export function capacity(words: string, facts: Facts): Told {
  const strategy = facts.capacityProviders;
  const isAllSpot = strategy.length > 0 && strategy.every(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT");
  const isSpot = /spot/i.test(words) || isAllSpot;
  return {
    cause: isSpot ? "no-capacity-spot" : "no-capacity-fargate",
    certainty: "sure",
    problem: isSpot ? "there is no Spot capacity for the task now" : "Fargate has no capacity for the task in these zones now",
    ...(isSpot && {
      key: "capacityProviderStrategy",
      // Where some tasks run on something else already, nobody knows how many more should.
      ...(isAllSpot && {
        changes: [
          {
            path: ["capacityProviderStrategy"],
            value: [
              { capacityProvider: "FARGATE", base: 1, weight: 1 },
              { capacityProvider: "FARGATE_SPOT", weight: 3 },
            ],
          },
        ],
      }),
    }),
    fix: isSpot ? "Let a part of the tasks run on FARGATE." : "Use more zones, or a smaller task; or wait: ECS goes on trying.",
  };
}
