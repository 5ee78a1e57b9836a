import { configParameters } from "./config-parameters";

const keys = (settings: Parameters<typeof configParameters>[0]) => Object.keys(configParameters(settings)).sort();

describe("configParameters", () => {
  test("has what every warehouse is held to, and no limit but the time-out", () => {
    expect(keys({})).toEqual([
      "auto_mv",
      "datestyle",
      "enable_case_sensitive_identifier",
      "enable_user_activity_logging",
      "max_query_execution_time",
      "query_group",
      "require_ssl",
      "search_path",
      "use_fips_ssl",
    ]);
  });

  test("demands TLS unless told otherwise, and always logs what users do", () => {
    expect(configParameters({})).toMatchObject({ require_ssl: "true", enable_user_activity_logging: "true" });
    expect(configParameters({ requireSsl: false })).toMatchObject({
      require_ssl: "false",
      enable_user_activity_logging: "true",
    });
  });

  test("has either a WLM configuration or single limits", () => {
    const wlm = keys({ wlm: [{ name: "default" }] });
    expect(wlm).toContain("wlm_json_configuration");
    expect(wlm.filter((key) => key.startsWith("max_"))).toEqual([]);
    expect(configParameters({ monitoring: { maxScanRowCount: 5 }, queryTimeoutSeconds: 60 })).toMatchObject({
      max_query_execution_time: "60",
      max_scan_row_count: "5",
    });
  });
});
