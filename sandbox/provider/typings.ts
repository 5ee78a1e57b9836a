import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { PropertyKind } from "./resource/property";

// For tests: what @pulumi/aws says of its resources. Its typings are read as text, one file a resource: quick enough to
// be compared each time.

/** One argument of a resource, as @pulumi/aws declares it. */
export interface Declared {
  required: boolean;
  /** What values it takes; several where the typings allow several. */
  kinds: PropertyKind[];
}

/** A resource type as @pulumi/aws declares it. */
export interface Typings {
  inputs: ReadonlyMap<string, Declared>;
  /** The properties of a resource that exists. */
  outputs: readonly string[];
  /** Outputs that are secret whatever the program says. */
  secrets: readonly string[];
}

const root = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** Reads the typings of one resource, `aws:<module>/<file>:<Name>`: of its own file only, as text. */
export function typingsOf(token: string): Typings {
  const [, module, file, name] = /^aws:(\w+)\/(\w+):(\w+)$/.exec(token) ?? [];
  const at = path.join(root, module!, `${file}.d.ts`);
  const source = ts.createSourceFile(at, fs.readFileSync(at, "utf8"), ts.ScriptTarget.ES2022);
  const inputs = new Map<string, Declared>();
  const outputs: string[] = [];
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === `${name}Args`) {
      for (const member of statement.members) {
        if (!ts.isPropertySignature(member) || !member.type) continue;
        const kinds = [...new Set(kindsOf(member.type, source))];
        inputs.set(member.name.getText(source), { required: !member.questionToken, kinds });
      }
    }
    if (ts.isClassDeclaration(statement) && statement.name?.text === name) {
      for (const member of statement.members) {
        if (ts.isPropertyDeclaration(member) && member.type?.getText(source).startsWith("pulumi.Output<"))
          outputs.push(member.name.getText(source));
      }
    }
  }
  return { inputs, outputs, secrets: secretsIn(at.replace(/\.d\.ts$/, ".js")) };
}

/** The generated code names them in one line: `additionalSecretOutputs: ["a", "b"]`. */
function secretsIn(script: string): string[] {
  const [, list = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(fs.readFileSync(script, "utf8")) ?? [];
  return [...list.matchAll(/"(\w+)"/g)].map(([, property]) => property!);
}

function kindsOf(type: ts.TypeNode, source: ts.SourceFile): PropertyKind[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap((one) => kindsOf(one, source));
  if (ts.isParenthesizedTypeNode(type)) return kindsOf(type.type, source);
  if (ts.isArrayTypeNode(type)) return ["list"];
  if (ts.isTypeLiteralNode(type)) return ["map"];
  if (ts.isTypeReferenceNode(type)) {
    if (type.typeName.getText(source) === "pulumi.Input") return kindsOf(type.typeArguments![0]!, source);
    // An object of its own, or one of a few values, which generated typings call enums.
    return [/\benums\./.test(type.getText(source)) ? "string" : "object"];
  }
  if (type.kind === ts.SyntaxKind.StringKeyword) return ["string"];
  if (type.kind === ts.SyntaxKind.NumberKeyword) return ["number"];
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return ["boolean"];
  return type.kind === ts.SyntaxKind.UndefinedKeyword ? [] : ["any"];
}
