import { timesFromEnvironment } from "./times";

test("the environment sets single times, and none that is empty", () => {
  expect(timesFromEnvironment({ REDSHIFT_FLEET_SANDBOX_ENDPOINT_IDLE_SECONDS: "0", OTHER: "1" })).toEqual({
    endpointIdleSeconds: 0,
  });
  expect(timesFromEnvironment({ REDSHIFT_FLEET_SANDBOX_REGISTRATION_SECONDS: "" })).toEqual({});
});

test.each(["soon", "-1", "Infinity"])("%s seconds are refused by the variable's name", (text) => {
  expect(() => timesFromEnvironment({ REDSHIFT_FLEET_SANDBOX_LATE_DRAINING_SECONDS: text })).toThrow(
    /REDSHIFT_FLEET_SANDBOX_LATE_DRAINING_SECONDS must be a number of seconds/,
  );
});
