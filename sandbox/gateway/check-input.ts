import { AwsError } from "../aws/errors";
import type { Constraints } from "./constraints";
import { type Fault, faultsOf } from "./faults";
import type { OperationSchema, ServiceSchema } from "./schema";
import { malformed } from "./values/read-xml";

/**
 * Checks what a request holds before any service sees it.
 * @throws AwsError with all that is wrong, under the code that the service has for it
 */
export function checkInput(
  { protocol }: ServiceSchema,
  operation: OperationSchema,
  constraints: Constraints,
  input: object,
): void {
  const faults = faultsOf(operation, constraints, input);
  if (faults.length > 0) throw refusals[protocol](faults);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, of each family of protocols */
const refusals: Readonly<Record<ServiceSchema["protocol"], (faults: Fault[]) => AwsError>> = {
  awsJson1_0: jsonRefusal,
  awsJson1_1: jsonRefusal,
  restJson1: jsonRefusal,
  awsQuery(faults) {
    const wrong = faults.find(({ kind }) => kind === "type");
    return wrong
      ? new AwsError("MalformedInput", `The value of ${wrong.path.join(".")} must be an integer.`)
      : new AwsError("ValidationError", sentence(faults));
  },
  ec2Query(faults) {
    const missing = faults.find(({ kind }) => kind === "missing");
    return missing
      ? new AwsError("MissingParameter", `The request must contain the parameter ${missing.path.join(".")}`)
      : new AwsError("InvalidParameterValue", sentence(faults));
  },
  restXml: (faults) =>
    faults.some(({ kind }) => kind === "missing") ? malformed() : new AwsError("InvalidArgument", sentence(faults)),
};

function jsonRefusal(faults: Fault[]): AwsError {
  const wrong = faults.find(({ kind }) => kind === "type");
  return wrong
    ? new AwsError("SerializationException", wrong.text)
    : new AwsError("ValidationException", sentence(faults));
}

function sentence(faults: Fault[]): string {
  const texts = faults.map(({ text }) => text).join("; ");
  return `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected: ${texts}`;
}
