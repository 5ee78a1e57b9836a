import type { Namespace } from "../namespace";
import { socketPort } from "../postgres/settings";
import { updateConsumerDatabase } from "./consumer-update";
import { granted, type Share } from "./share";

/** Where a statement changed shares, tables in shares, or databases made from shares. */
export interface Change {
  namespaceId: string;
  database: string;
}

const retryDelay = 1_000;

/**
 * Carries changes from producers to consumers. Whoever made a change waits for `propagate`, so that what reads next anywhere
 * in the fleet sees it. A consumer that is down catches up when it starts.
 */
export class Synchroniser {
  /** What running producers shared when last asked. */
  private readonly shares = new Map<string, Share[]>();
  /** What each consumer was last given, to pass over those whom a change does not concern. */
  private readonly given = new Map<string, string>();
  private readonly turns = new Map<string, Promise<void>>();

  constructor(
    private readonly namespaces: ReadonlyMap<string, Namespace>,
    private readonly account: string,
    private readonly log: (line: string) => void,
  ) {}

  /** Brings everybody whom the change concerns up to date. Never throws: what fails is logged, and tried again. */
  async propagate(change: Change): Promise<void> {
    const origin = this.namespaces.get(change.namespaceId);
    if (!origin?.cluster.running) return;
    await this.learn(origin);
    await this.inTurn(origin, () => this.update(origin, true, change.database));
    await this.updateConsumers(origin.id);
  }

  /** After a start: learns what the namespace shares, and tells it what others do. */
  async welcome(namespaces: Namespace[]): Promise<void> {
    await Promise.all(namespaces.map((namespace) => this.learn(namespace)));
    await Promise.all(namespaces.map((namespace) => this.inTurn(namespace, () => this.update(namespace, true))));
    for (const { id } of namespaces) {
      if ((this.shares.get(id)?.length ?? 0) > 0) await this.updateConsumers(id);
    }
  }

  /** The namespace is gone for good, and its shares with it. */
  async forget(namespaceId: string): Promise<void> {
    this.shares.set(namespaceId, []);
    this.given.delete(namespaceId);
    await this.updateConsumers(namespaceId);
    this.shares.delete(namespaceId);
  }

  /** Makes a database that stands for a shared one ready for its first connection. */
  async prepareBackingDatabase(namespace: Namespace, database: string): Promise<void> {
    await this.inTurn(namespace, async () => {
      const present = await namespace.databases();
      if (present.some(({ name }) => name === database)) return;
      await namespace.makeBackingDatabase(database);
      await this.update(namespace, true);
    });
  }

  private async learn(namespace: Namespace): Promise<void> {
    await this.attempt(`reading the shares of ${namespace.id}`, async () => {
      this.shares.set(namespace.id, await namespace.shares());
    });
  }

  private async updateConsumers(producer: string): Promise<void> {
    const others = [...this.namespaces.values()].filter(
      (namespace) => namespace.id !== producer && namespace.cluster.running,
    );
    await Promise.all(others.map((consumer) => this.inTurn(consumer, () => this.update(consumer, false))));
  }

  /** One after the other for each namespace. */
  private inTurn(namespace: Namespace, task: () => Promise<void>): Promise<void> {
    const turn = (this.turns.get(namespace.id) ?? Promise.resolve()).then(() =>
      this.attempt(`updating ${namespace.id}`, task, namespace),
    );
    this.turns.set(namespace.id, turn);
    return turn;
  }

  private async attempt(what: string, task: () => Promise<void>, retry?: Namespace): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.log(`${what}: ${(error as Error).message}`);
      if (!retry) return;
      this.given.delete(retry.id);
      setTimeout(() => {
        if (this.namespaces.get(retry.id) === retry && retry.cluster.running)
          void this.inTurn(retry, () => this.update(retry, false));
      }, retryDelay).unref();
    }
  }

  private async update(consumer: Namespace, always: boolean, changedIn = consumer.home): Promise<void> {
    if (!consumer.cluster.running) return;
    const inbound = [...this.shares].flatMap(([producer, shares]) =>
      granted(producer, shares, consumer.id, this.account),
    );
    const fingerprint = JSON.stringify([[...this.shares.keys()], inbound]);
    if (!always && this.given.get(consumer.id) === fingerprint) return;

    const databases = await consumer.databases();
    const own = databases.filter(({ backsShared }) => !backsShared);
    for (const { name } of own) {
      if (name !== changedIn && own.some((database) => database.name === changedIn))
        await consumer.mirrorCatalog(changedIn, name);
    }
    await consumer.refreshSharedDatabases();
    for (const { name, backsShared } of databases) {
      if (backsShared && !consumer.sharedDatabases.has(name)) {
        await consumer.dropBackingDatabase(name);
        continue;
      }
      if (backsShared) await consumer.mirrorCatalog(consumer.home, name, name);
      await consumer.control.use(name, async (client) => {
        await updateConsumerDatabase(client, {
          inbound,
          knownProducers: [...this.shares.keys()],
          producerAccount: this.account,
          address: (id) => ({ host: this.namespaces.get(id)?.cluster.socketFolder ?? "", port: socketPort }),
          backs: backsShared ? name : undefined,
        });
      });
    }
    this.given.set(consumer.id, fingerprint);
  }
}
