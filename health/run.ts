import { connectionOf, type StackOutputs } from "@redshift-fleet/redshift/fleet";
import { checks } from "./checks";
import { collectBalancer } from "./facts/balancer";
import { collectCatalogs } from "./facts/catalogs";
import { openClients } from "./facts/clients";
import { type Catalogs, type Facts, noOutages, type Outages, type Section } from "./facts/facts";
import { collectNetwork } from "./facts/network";
import { collectWarehouses } from "./facts/warehouses";
import { type CheckReport, judge } from "./judge";

export interface CheckOptions {
  /** Milliseconds in which every question to AWS and to the warehouses has to be answered. */
  deadlineMs: number;
  /** Whether warehouses are asked too, which wakes those that sleep. */
  sql: boolean;
  /** What is known to be down. @default nothing */
  outages?: Outages;
}

/** Collects all facts at once, then judges them. What cannot be collected is itself a finding, never a silent pass. */
export async function runChecks(outputs: StackOutputs, options: CheckOptions): Promise<CheckReport> {
  const { deadlineMs, sql, outages = noOutages } = options;
  const clients = openClients({ region: connectionOf(outputs).region, maxAttempts: 4 }, deadlineMs);
  const failures: Partial<Record<Section, string>> = {};
  const collected = async <T, F>(section: Section, collecting: Promise<T>, otherwise: F): Promise<T | F> => {
    try {
      return await collecting;
    } catch (error) {
      failures[section] = error instanceof Error ? error.message || error.name : String(error);
      return otherwise;
    }
  };
  try {
    const listing = collectWarehouses(clients, outputs);
    const surroundings = listing.then((found) => collectNetwork(clients, found));
    const asking = sql ? collectCatalogs(outputs, deadlineMs) : Promise.resolve(nothingAsked);
    const [warehouses, network, balancer, catalogs] = await Promise.all([
      collected("warehouses", listing, []),
      collected("network", surroundings, { subnets: [], serviceEndpoints: [], groups: [] }),
      collected("balancer", collectBalancer(clients, outputs), undefined),
      collected("catalogs", asking, nothingAsked),
    ]);
    const facts: Facts = { outputs, outages, warehouses, network, balancer, catalogs };
    return judge(checks, facts, failures, sql ? [] : ["catalogs"]);
  } finally {
    clients.close();
  }
}

const nothingAsked: Catalogs = { producer: { error: "It was not asked." }, consumers: {}, readers: [] };
