export { LoadBalancer, type LoadBalancerArgs } from "./loadBalancer";
export { Network, type AdoptedVpcArgs, type CreatedVpcArgs, type NatGateways, type NetworkArgs } from "./network";
export { PrivateEndpoints, type PrivateEndpointsArgs } from "./privateEndpoints";
export { ServiceDiscovery, type ServiceDiscoveryArgs } from "./serviceDiscovery";
