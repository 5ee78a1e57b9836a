// Programs as people write them, none of them made from this project's components. Those in bad/ have one mistake each.
import "./bad/balancer";
import "./bad/data-services";
import "./bad/encryption";
import "./bad/governance";
import "./bad/network";
import "./bad/provisioned";
import "./bad/serverless";
import "./bad/sharing";
import "./good/platforms";
import "./good/services";
import "./good/warehouses";

export { allPrograms, declareAll, type Program } from "./program";
