import { defaultAssumptions } from "../assumptions";
import { SqlTranslator } from "../warehouse/translation";
import { Expectations } from "./expectations";
import { fromClient, message } from "./messages";
import { Requests } from "./requests";

const translator = new SqlTranslator(() => ({
  database: "fleet",
  sharedDatabases: new Set<string>(),
  namespaceIds: new Set<string>(),
  assumptions: defaultAssumptions,
}));

/** What history is told of the executions that `use` asks for. */
function told(use: (send: (bytes: Buffer) => void) => void): string[] {
  const texts: string[] = [];
  const expectations = new Expectations(({ text }) => texts.push(text));
  const history = { record: () => {}, flush: () => {} };
  const requests = new Requests(translator, () => false, expectations, history, new AbortController().signal);
  use((bytes) => {
    requests.forward({ type: bytes[0]!, bytes });
    if (bytes[0] === fromClient.execute) expectations.completed("SELECT 1");
  });
  return texts;
}

const parse = (name: string, text: string) => message(fromClient.parse, name, text, Buffer.alloc(2));
const bind = (portal: string, name: string) => message(fromClient.bind, portal, name, Buffer.alloc(6));
const execute = (portal: string) => message(fromClient.execute, portal, 0);

test("keeps of a prepared statement what history shows", () => {
  const text = `select '${"x".repeat(10_000)}'`;
  const texts = told((send) => [parse("s", text), bind("", "s"), execute(""), execute("")].forEach(send));
  expect(texts).toEqual([text.slice(0, 4_000), text.slice(0, 4_000)]);
});

test("remembers the latest statements and portals of a client that never closes any", () => {
  const names = Array.from({ length: 6_000 }, (_, n) => `s${n}`);
  const texts = told((send) => {
    for (const name of names) send(parse(name, `select '${name}'`));
    for (const name of ["s0", "s5999"]) send(bind(name, name));
    for (const name of names) send(bind(`portal ${name}`, "s5998"));
    for (const portal of ["s0", "s5999", "portal s0", "portal s5999"]) send(execute(portal));
  });
  expect(texts).toEqual(["select 's5998'"]);
});
