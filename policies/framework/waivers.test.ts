import { waivers } from "../governance/waivers";
import { engineView, resource } from "../testing/fixture";
import { evaluateResource, evaluateStack } from "./evaluate";
import { setWaivers, waiversInForce } from "./waivers";

const one = { policy: "vpc-dns", resource: "*", reason: "lab", owner: "me", expires: "2999-01-01" };
const resources = engineView({ vpc: resource("aws:ec2/vpc:Vpc", {}) }, "preview", "dev");

afterEach(() => setWaivers([]));

test("the waivers policy hands its configuration on before a resource is judged", () => {
  evaluateResource(waivers, resources[0]!, { waivers: [one] });
  expect(waiversInForce()).toEqual([one]);
});

test("and before a stack is judged", () => {
  evaluateStack(waivers, resources, { waivers: [one] });
  expect(waiversInForce()).toEqual([one]);
});
