import { parseQueryInput } from "./query-input";
import { toXml } from "./xml";

describe("the Query protocol", () => {
  it("reads lists of both kinds and nested members", () => {
    const body =
      "Action=X&Version=1&Subnets.member.1=a&Subnets.member.2=b&Tags.member.1.Key=k&Tags.member.1.Value=v%26&SubnetId.1=s&Port=1";
    expect(parseQueryInput(body)).toEqual({
      Subnets: ["a", "b"],
      Tags: [{ Key: "k", Value: "v&" }],
      SubnetId: ["s"],
      Port: "1",
    });
  });

  it("keeps more than nine members in order", () => {
    const body = Array.from({ length: 12 }, (_, index) => `L.member.${index + 1}=${index + 1}`).join("&");
    expect(parseQueryInput(body).L).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)));
  });

  it("writes text so that it cannot become markup", () => {
    expect(toXml({ A: ['<b>&"', 1, true], C: null }, "member")).toBe(
      "<A><member>&lt;b&gt;&amp;&quot;</member><member>1</member><member>true</member></A>",
    );
  });
});
