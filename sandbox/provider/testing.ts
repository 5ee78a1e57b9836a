import type { AwsProvider } from "./aws-provider";
import type { ValueMap } from "./values";

/** A resource as the engine remembers it. */
export interface Made {
  type: string;
  id: string;
  inputs: ValueMap;
  state: ValueMap;
}

export const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });
export const target = (type: string) => ({
  urn: `urn:${type}`,
  type,
  name: "fleet",
  session: "",
  signal: new AbortController().signal,
});

/** Makes, changes and removes resources as the engine does, and holds each to what the engine relies on. */
export class TestEngine {
  constructor(private readonly provider: AwsProvider) {}

  /** @returns the resource; nothing differs from what was asked for, and it can be imported. */
  async make(type: string, news: ValueMap): Promise<Made> {
    const request = { ...target(type), olds: properties({}), news: properties(news), randomSeed: new Uint8Array([7]) };
    const { inputs, failures } = await this.provider.check(request);
    expect(failures).toEqual([]);
    const { id, state } = await this.provider.create({ ...target(type), news: properties(inputs), preview: false });
    const made = { type, id, inputs, state };
    await this.expectSettled(made);
    return made;
  }

  async change(made: Made, news: ValueMap): Promise<Made> {
    const { type, id } = made;
    const inputs = { ...made.inputs, ...news };
    const { state } = await this.provider.update({
      ...target(type),
      id,
      oldState: properties(made.state),
      oldInputs: properties(made.inputs),
      news: properties(inputs),
      ignoreChanges: [],
      preview: false,
    });
    const changed = { ...made, inputs, state };
    await this.expectSettled(changed);
    return changed;
  }

  async remove({ type, id, state }: Made): Promise<void> {
    await this.provider.delete({ ...target(type), id, state: properties(state) });
  }

  /** Its state as AWS has it now; undefined where it is gone. */
  async read({ type, id, state, inputs }: Made): Promise<ValueMap | undefined> {
    const request = { ...target(type), id, state: properties(state), inputs: properties(inputs) };
    return (await this.provider.read(request))?.state;
  }

  /** The result of a function. */
  async invoke(token: string, args: ValueMap): Promise<ValueMap> {
    return (await this.provider.invoke({ token, args: properties(args), session: "", preview: false })).result;
  }

  private async expectSettled({ type, id, inputs, state }: Made): Promise<void> {
    const oldState = properties(state);
    const base = { ...target(type), id, oldState, oldInputs: properties(inputs), ignoreChanges: [] };
    expect((await this.provider.diff({ ...base, news: properties(inputs) })).details).toEqual({});
    const read = await this.provider.read({ ...target(type), id, state: oldState, inputs: properties(inputs) });
    expect(read?.state).toEqual(state);
    expect(read?.inputs).toEqual(inputs);
    const imported = await this.provider.read({ ...target(type), id, state: properties({}), inputs: properties({}) });
    expect(imported?.id).toBe(id);
  }
}
