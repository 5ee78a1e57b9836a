// Sound parts that programs are put together from, as a team would write them by hand.
export { bucket, closeToPublic } from "./bucket";
export { allow, tlsOnly, trust, trustGitHub } from "./documents";
export { keyArn } from "./key";
export { type BalancerChanges, balancer, endpointServices, network } from "./network";
export { type ClusterChanges, cluster, type WarehouseChanges, warehouse } from "./redshift";
