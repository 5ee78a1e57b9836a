import { optionSettings, serverParameters } from "./parameters";

describe("serverParameters", () => {
  test("drops what only drivers for Redshift send", () => {
    const client = new Map([
      ["user", "u"],
      ["client_protocol_version", "2"],
      ["driver_version", "2.1"],
      ["plugin_name", "x"],
      ["application_name", "report"],
    ]);
    expect(serverParameters(client, {})).toEqual({ application_name: "report" });
  });

  test("takes the workgroup's parameters, seconds as milliseconds, and lets the client override them", () => {
    const workgroup = {
      search_path: "$user, sales",
      max_query_execution_time: "30",
      query_group: "etl",
      require_ssl: "true",
    };
    expect(serverParameters(new Map([["options", "-c query_group=adhoc --search-path=public"]]), workgroup)).toEqual({
      search_path: "public",
      statement_timeout: "30000",
      "rs.max_query_execution_time": "30",
      "rs.query_group": "adhoc",
      "rs.require_ssl": "true",
    });
    expect(serverParameters(new Map(), { max_query_execution_time: "0" })).toEqual({
      "rs.max_query_execution_time": "0",
    });
  });
});

describe("optionSettings", () => {
  test("reads both forms and escaped spaces", () => {
    expect(optionSettings("-c search_path=a,\\ b -cx=1 --time-zone=UTC -d 5")).toEqual([
      ["search_path", "a, b"],
      ["x", "1"],
      ["time_zone", "UTC"],
    ]);
  });
});
