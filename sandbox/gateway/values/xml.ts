/** An element; the names of elements are without their prefix. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const deepest = 100;
/** Characters that the attributes of one element may have. */
const longest = 65_536;

/** Text as XML has it. Characters that XML 1.0 cannot carry become U+FFFD. https://www.w3.org/TR/xml/#charsets */
export function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => escapes[character]!)
    .replace(/\r/g, "&#xD;")
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => (/[\t\n]/.test(character) ? character : "\ufffd"));
}

export function element(name: string, content: string, attributes = ""): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

/**
 * Reads a document of elements, attributes and text: what a request to AWS is made of. Document types and entities of
 * one's own are refused, so that nothing can be included or expanded.
 * @throws SyntaxError
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: "", attributes: new Map(), children: [], text: "" };
  const open = [root];
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/!?"'=]+)(?![^\s<>/!?"'=])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|([^<]+)/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new SyntaxError(`not well-formed at ${at}`);
    const [, data, slash, name, rest = "", characters] = match;
    const current = open.at(-1)!;
    if (data !== undefined) current.text += data;
    else if (characters !== undefined) current.text += unescaped(characters);
    else if (name === undefined) continue;
    else if (slash) {
      if (open.length === 1 || current.name !== local(name)) throw new SyntaxError(`</${name.slice(0, 64)}> at ${at}`);
      open.pop();
    } else {
      const child = { name: local(name), attributes: attributesOf(rest), children: [], text: "" };
      current.children.push(child);
      if (!rest.endsWith("/")) open.push(child);
      if (open.length > deepest) throw new SyntaxError("nested too deeply");
    }
  }
  const [document] = root.children;
  if (open.length > 1 || !document || root.children.length > 1 || root.text.trim() !== "") {
    throw new SyntaxError("not one whole element");
  }
  return document;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** Each by itself from where the last one ended, so that no text is looked at twice. @throws SyntaxError */
function attributesOf(text: string): Map<string, string> {
  if (text.length > longest) throw new SyntaxError(`attributes of more than ${longest} characters`);
  const attribute = /\s+([^\s=/"']+)(?![^\s=/"'])\s*=\s*(?:"([^"]*)"|'([^']*)')|\s*\/?$/y;
  const found = new Map<string, string>();
  while (attribute.lastIndex < text.length) {
    const match = attribute.exec(text);
    if (!match) throw new SyntaxError("attributes are not well-formed");
    const [, name, double, single = ""] = match;
    if (name !== undefined) found.set(name, unescaped(double ?? single));
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/&(?:([^;&\s]{1,10});)?/g, (_, name = "") => {
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    if (!Object.hasOwn(entities, name)) throw new SyntaxError(`there is no entity ${name}`);
    return entities[name]!;
  });
}
