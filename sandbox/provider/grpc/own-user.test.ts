import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { InvokeRequest, type InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { isOwnPeer } from "../../network/peer";
import { TestServices } from "../../services/testing";
import { AwsProvider } from "../aws-provider";
import { serveProvider } from "./server";

jest.mock("../../network/peer", () => ({ isOwnPeer: jest.fn() }));

test.each([true, false])("a call of this user (%s) is answered, another's is refused before it runs", async (own) => {
  jest.mocked(isOwnPeer).mockReset().mockReturnValue(own);
  const account = TestServices.open();
  const provider = new AwsProvider({ account: account.account, services: account });
  const invoked = jest.spyOn(provider, "invoke");
  const server = await serveProvider(provider);
  const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure());
  const call = () =>
    new Promise<InvokeResponse>((resolve, reject) => {
      const request = new InvokeRequest();
      request.setTok("aws:index/getCallerIdentity:getCallerIdentity");
      client.invoke(request, (error, answer) => (error ? reject(error) : resolve(answer!)));
    });
  if (own) await expect(call()).resolves.toBeDefined();
  else await expect(call()).rejects.toMatchObject({ code: grpc.status.PERMISSION_DENIED });
  await call().catch(() => undefined);
  expect(invoked).toHaveBeenCalledTimes(own ? 2 : 0);
  expect(isOwnPeer).toHaveBeenCalledTimes(1);
  expect(isOwnPeer).toHaveBeenCalledWith(server.port, expect.any(Number));
  client.close();
  server.close();
  await account.dispose();
});
