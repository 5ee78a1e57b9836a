import { configParameters } from "./config-parameters";

const keys = (settings: Parameters<typeof configParameters>[0]) =>
  configParameters(settings).map(({ parameterKey }) => parameterKey);

describe("configParameters", () => {
  it("sets every parameter that AWS would fill in by itself, sorted", () => {
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

  it("demands TLS unless told otherwise, and always logs what users do", () => {
    const logging = { parameterKey: "enable_user_activity_logging", parameterValue: "true" };
    const tls = (parameterValue: string) => ({ parameterKey: "require_ssl", parameterValue });
    expect(configParameters({})).toEqual(expect.arrayContaining([tls("true"), logging]));
    expect(configParameters({ requireSsl: false })).toEqual(expect.arrayContaining([tls("false"), logging]));
  });

  it("has either a WLM configuration or single limits", () => {
    const wlm = keys({ wlm: [{ name: "default" }] });
    expect(wlm).toContain("wlm_json_configuration");
    expect(wlm.filter((key) => key.startsWith("max_"))).toEqual([]);
    expect(keys({ monitoring: { maxScanRowCount: 5 } })).toEqual(
      expect.arrayContaining(["max_query_execution_time", "max_scan_row_count"]),
    );
  });
});
