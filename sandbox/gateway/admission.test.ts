import { echo, jsonCall, queryCall, type RawRequest, send, signature, startGateway } from "./testing";

type Gateway = Awaited<ReturnType<typeof startGateway>>;

describe("who may call the APIs", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ secretsmanager: echo("GetSecretValue"), sts: echo("GetCallerIdentity") });
  });
  afterAll(() => gateway.close());

  const json = (change: (request: RawRequest) => void = () => undefined) => {
    const request = jsonCall("secretsmanager", "secretsmanager.GetSecretValue", '{"SecretId":"s"}');
    change(request);
    return send(gateway.port, request);
  };
  const query = (change: (request: RawRequest) => void = () => undefined) => {
    const request = queryCall("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    change(request);
    return send(gateway.port, request);
  };
  const header = (name: string, value: string | undefined) => (request: RawRequest) => {
    if (value === undefined) delete request.headers![name];
    else request.headers![name] = value;
  };
  const presigned = new URLSearchParams({
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIA/20261129/us-east-1/sts/aws4_request",
    "X-Amz-Date": "20261129T120000Z",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "a".repeat(64),
  });
  const without = (name: string) => {
    const rest = new URLSearchParams(presigned);
    rest.delete(name);
    return rest;
  };

  test("answers requests that are signed", async () => {
    expect((await json()).status).toBe(200);
    expect((await query()).status).toBe(200);
    expect((await send(gateway.port, { method: "GET", path: `/?${presigned}` })).status).toBe(200);
  });

  test.each([
    ["no signature", "authorization", undefined, "MissingAuthenticationTokenException"],
    ["another scheme", "authorization", "Bearer abc", "IncompleteSignatureException"],
    ["no signature in it", "authorization", signature("secretsmanager").split(", Sig")[0], "IncompleteSignature"],
    ["no text at all", "authorization", "AWS4-HMAC-SHA256", "IncompleteSignatureException"],
    ["an older algorithm", "authorization", signature("secretsmanager").replace("AWS4", "AWS3"), "IncompleteSignature"],
    ["no date", "x-amz-date", undefined, "IncompleteSignatureException"],
    ["another day", "x-amz-date", "20261128T120000Z", "InvalidSignatureException"],
    ["another service", "authorization", signature("redshift-data"), "InvalidSignatureException"],
    ["another Region", "authorization", signature("secretsmanager", "eu-west-1"), "InvalidSignatureException"],
    ["another end", "authorization", signature("secretsmanager").replace("aws4_", "aws5_"), "InvalidSignature"],
    ["a short scope", "authorization", signature("secretsmanager").replace("us-east-1/", ""), "IncompleteSignature"],
    ["a foreign host", "host", "rebound.example.com", "AccessDeniedException"],
    ["an origin", "origin", "https://example.com", "AccessDeniedException"],
    ["a page of this machine", "origin", "http://127.0.0.1:3000", "AccessDeniedException"],
    ["a browser's GET", "sec-fetch-site", "cross-site", "AccessDeniedException"],
  ])("refuses a JSON call with %s", async (_, name, value, code) => {
    const answer = await json(header(name, value));
    expect(answer.text).toContain(`"__type":"${code}`);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("SecretId");
  });

  test.each([
    ["no signature", "authorization", undefined, 403, "MissingAuthenticationToken"],
    ["half a signature", "authorization", "AWS4-HMAC-SHA256 Credential=a", 400, "IncompleteSignature"],
    ["another Region", "authorization", signature("sts", "eu-west-1"), 403, "SignatureDoesNotMatch"],
    ["a foreign host", "host", "example.com:80", 403, "AccessDenied"],
    ["an origin", "origin", "null", 403, "AccessDenied"],
  ])("refuses a Query call with %s", async (_, name, value, status, code) => {
    const answer = await query(header(name, value));
    expect(answer.text).toContain(`<Code>${code}</Code>`);
    expect(answer.status).toBe(status);
  });

  test.each(["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"])(
    "refuses a presigned URL without its %s",
    async (name) => {
      const answer = await send(gateway.port, { method: "GET", path: `/?${without(`X-Amz-${name}`)}` });
      expect([400, 403]).toContain(answer.status);
      expect(answer.text).toMatch(/<Code>(IncompleteSignature|MissingAuthenticationToken)<\/Code>/);
    },
  );

  test("refuses what a form of a web page can send", async () => {
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    const plain = { "content-type": "text/plain" };
    expect((await send(gateway.port, { headers: plain, body: '{"SecretId":"s"}' })).status).toBe(403);
    expect((await send(gateway.port, { method: "GET", path: `/?${body}` })).status).toBe(403);
  });

  test("names a service that the sandbox has not", async () => {
    const answer = await send(gateway.port, queryCall("sqs", "Action=ListQueues&Version=2012-11-05"));
    expect(answer.status).toBe(501);
    expect(answer.text).toContain("sqs");
  });

  test("takes only so much", async () => {
    const large = Buffer.alloc(20 * 2 ** 20, "a");
    const call = jsonCall("secretsmanager", "secretsmanager.GetSecretValue", large);
    expect(await send(gateway.port, call)).toMatchObject({
      status: 413,
      text: expect.stringContaining("RequestEntityTooLargeException"),
    });
    expect((await json(header("x-long", "a".repeat(20_000)))).status).toBe(431);
    expect((await send(gateway.port, { method: "GET", path: `/?${"a".repeat(20_000)}` })).status).toBe(431);
    expect((await json()).status).toBe(200);
  });
});
